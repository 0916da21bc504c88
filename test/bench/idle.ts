import {setTimeout as pause} from 'node:timers/promises';

import type {Measurement} from './measurement.ts';
import {findMonitors} from './monitors.ts';
import {cpuSeconds} from './processes.ts';
import {atMost, type Peer, reading} from './reading.ts';

const WHILE_MS = 20_000;
const SETTLE_MS = 3000;

/** Share of one core that each uses while nothing happens. */
export const idle: Measurement = {
  name: 'idle',
  async read(scene) {
    await using stack = new AsyncDisposableStack();
    const screen = scene.openConsole(stack);
    await screen.shows('the console', (rows) => rows.some((row) => row.includes('LAST CHANGES')));
    const monitors = (await findMonitors(scene)).map(({name, open}) => ({
      name,
      pid: open(stack).pid,
    }));
    await pause(SETTLE_MS, undefined, {signal: scene.signal});
    const measured = [
      {name: 'console', pid: screen.pid},
      {name: 'agent', pid: scene.agentPid},
      {name: 'nats-server', pid: scene.serverPid},
      ...monitors,
    ];
    const [ours, agent, server, ...peers] = await percentOf(measured, scene.signal);
    return [
      reading('idle CPU, console', '%', ours?.value ?? Number.NaN, {
        peers,
        bound: atMost(0.5, '%'),
      }),
      reading('idle CPU, agent', '%', agent?.value ?? Number.NaN, {
        peers: server === undefined ? [] : [server],
        bound: atMost(1, '%'),
      }),
    ];
  },
};

async function percentOf(
  processes: readonly {readonly name: string; readonly pid: number}[],
  signal: AbortSignal,
): Promise<readonly Peer[]> {
  const secondsOf = () => Promise.all(processes.map(({pid}) => cpuSeconds(pid)));
  const startMs = performance.now();
  const before = await secondsOf();
  await pause(WHILE_MS, undefined, {signal});
  const after = await secondsOf();
  const seconds = (performance.now() - startMs) / 1000;
  return processes.map(({name}, index) => ({
    name,
    value: (100 * ((after[index] ?? 0) - (before[index] ?? 0))) / seconds,
  }));
}
