import {createMemoryContainerManager} from '#drivers/memory/container-manager.ts';
import {containerFact} from '#test/support/containers.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import {containerManagerSuite} from './container-manager.suite.ts';

const onMemory = (body: () => void): void =>
  describeContract({contract: 'container-manager', driver: 'memory'}, body);

containerManagerSuite(onMemory, async () => {
  const manager = createMemoryContainerManager();
  let count = 0;
  let leader = 1000;
  return {
    manager,
    containerName() {
      count += 1;
      return `box${count}`;
    },
    async run(name) {
      leader += 1;
      manager.run(containerFact(name, {leader, since: new Date().toISOString()}));
    },
    async close(name) {
      manager.close(name);
    },
    async kill(name) {
      manager.kill(name);
    },
    async lose() {
      manager.lose({refused: 'no-machined', detail: 'the name is unknown'});
    },
    async recover() {
      manager.recover();
    },
    async stop() {},
  };
});
