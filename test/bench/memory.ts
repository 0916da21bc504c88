import {setTimeout as pause} from 'node:timers/promises';

import {startChurn} from './churn.ts';
import type {Measurement} from './measurement.ts';
import {residentMb} from './processes.ts';
import {atMost, reading} from './reading.ts';

const EVENTS = 10_000;
/** The console and the server have taken in what came last. */
const SETTLE_MS = 2000;

/** Resident memory after 10,000 events more, all of which the console has followed. */
export const memory: Measurement = {
  name: 'memory',
  async read(scene) {
    await using stack = new AsyncDisposableStack();
    const churn = {name: 'bq', perSecond: 0, count: EVENTS};
    const {screen, labelling} = await startChurn(scene, stack, churn);
    const stored = await labelling.stored;
    if (stored < EVENTS) {
      throw new Error(`${stored} of ${EVENTS} labels were stored`);
    }
    await pause(SETTLE_MS, undefined, {signal: scene.signal});
    const [ours, agent, server] = await Promise.all(
      [screen.pid, scene.agentPid, scene.serverPid].map(residentMb),
    );
    return [
      reading('RSS after 10 k events, console', 'MB', ours ?? Number.NaN, {
        bound: atMost(130, 'MB'),
      }),
      reading('RSS after 10 k events, agent', 'MB', agent ?? Number.NaN, {
        peers: [{name: 'nats-server', value: server ?? Number.NaN}],
        bound: atMost(120, 'MB'),
      }),
    ];
  },
};
