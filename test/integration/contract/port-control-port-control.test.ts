import {randomBytes} from 'node:crypto';

import {createPortControl} from '#drivers/port-control/port-control.ts';
import {createProcessRunner} from '#drivers/process/process-runner.ts';
import {portControlSuite} from '#test/contract/port-control.suite.ts';
import {isRoot} from '#test/support/stage.ts';

const runner = createProcessRunner();
const ip = async (...args: readonly string[]): Promise<void> => {
  const {exitCode, stderr} = await runner.run('ip', args, {timeoutMs: 10_000});
  if (exitCode !== 0) {
    throw new Error(`ip ${args.join(' ')}: ${stderr}`);
  }
};

const lack = isRoot ? undefined : 'needs root';

portControlSuite({driver: 'port-control', lack}, async () => {
  const name = `cimc${randomBytes(3).toString('hex')}`;
  await ip('link', 'add', name, 'type', 'bridge');
  await ip('link', 'set', name, 'mtu', '1500', 'up');
  return {
    control: createPortControl({runner, sysRoot: '/sys'}),
    port: {
      portId: 'lan',
      devpaths: [`/devices/virtual/net/${name}`],
      interface: name,
      line: null,
    },
    impossible: {kind: 'write', path: `/sys/class/net/${name}/none`, text: '1'},
    stop: () => ip('link', 'delete', name),
  };
});
