import {setTimeout as pause} from 'node:timers/promises';

import {until} from '#test/support/until.ts';
import type {Measurement} from './measurement.ts';
import {cpuSeconds} from './processes.ts';
import {atMost, reading} from './reading.ts';

const PORTS = 500;
const SETTLE_MS = 5000;
/** Long enough for one comparison with the kernel, and for two looks at who uses what. */
const WHILE_MS = 60_000;
const LIMIT_MS = 60_000;

/** Share of one core that the agent uses while it has many ports and none of them changes. */
export const manyPorts: Measurement = {
  name: 'ports',
  async read(scene) {
    const names = Array.from({length: PORTS}, (_, index) => `bp${index}`);
    await using stack = new AsyncDisposableStack();
    await scene.ipBatch(names.map((name) => `link add ${name} type bridge`));
    stack.defer(() => scene.ipBatch(names.map((name) => `link del ${name}`)));
    await until(
      async () => (await scene.stage.json('status'))[0]?.ports,
      (ports) => presentIn(ports) >= PORTS,
      LIMIT_MS,
    );
    await pause(SETTLE_MS, undefined, {signal: scene.signal});
    const before = await cpuSeconds(scene.agentPid);
    const startMs = performance.now();
    await pause(WHILE_MS, undefined, {signal: scene.signal});
    const seconds = (performance.now() - startMs) / 1000;
    const used = (await cpuSeconds(scene.agentPid)) - before;
    return [
      reading(`steady CPU with ${PORTS} ports, agent`, '%', (100 * used) / seconds, {
        bound: atMost(1, '%'),
      }),
    ];
  },
};

const presentIn = (ports: unknown): number =>
  typeof ports === 'object' && ports !== null && 'present' in ports ? Number(ports.present) : 0;
