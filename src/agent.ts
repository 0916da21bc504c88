import {randomUUID} from 'node:crypto';
import {hostname} from 'node:os';
import {join} from 'node:path';

import {CimError} from '#domain/errors.ts';
import {takeHome} from '#drivers/home/home-lock.ts';
import {provideLeafFile} from '#drivers/home/leaf-file.ts';
import {createRuntimeFiles} from '#drivers/home/runtime-file.ts';
import {createFileLog} from '#drivers/log/file-log.ts';
import {createNatsBus} from '#drivers/nats/bus.ts';
import {connectNats} from '#drivers/nats/connect.ts';
import {createNatsLease} from '#drivers/nats/lease.ts';
import {readStoreId} from '#drivers/nats/store-id.ts';
import {untilAborted} from '#drivers/nats/until-aborted.ts';
import {createSystemClock} from '#drivers/system/clock.ts';
import {startLeafService} from '#services/leaf/serve.ts';
import {STOP_LIMIT_MS, untilEnded, waitForLease} from '#services/leaf/tenure.ts';
import {announce, provideServer, startTeller} from './wiring/agent-server.ts';
import type {Settings} from './wiring/config.ts';
import {createPrograms} from './wiring/programs.ts';
import {serviceParts} from './wiring/service-parts.ts';

export interface AgentOptions {
  readonly lingerSeconds: number | undefined;
  /** Whether it waits where another agent serves this home. */
  readonly mayStandBy: boolean;
  readonly onReady: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Here, since with one part of the bundle more each command would start from five files more. */
export const openPrograms = createPrograms;

/** While a machine starts, everything else wants the processor, too. */
const CONNECT_LIMIT_MS = 60_000;

/** Runs the service layer until it is ended. Resolves with the exit code. */
export async function runAgent(settings: Settings, options: AgentOptions): Promise<number> {
  const {home} = settings.places;
  const onStandby = (name: string): void =>
    options.onReady(`${name}: another agent is active; standing by`);
  const unlock = await takeHome(home, {...options, onStandby: () => onStandby(home)});
  await using stack = new AsyncDisposableStack();
  stack.defer(unlock);
  const log = createFileLog(join(home, 'log', 'agent.log'));
  const own = provideLeafFile(home, settings.leafId);
  const address = await provideServer({settings, leaf: own, log, stack}, options.signal);
  const name = `cim-tui agent ${own.leafId}`;
  const timeoutMs = CONNECT_LIMIT_MS;
  const link = await connectNats({...address, name, timeoutMs, signal: options.signal});
  const bus = createNatsBus({link, log});
  stack.defer(() => bus.close());
  const storeId = await readStoreId(link, own.leafId, options.signal);
  const leaf = storeId === undefined ? own : {...own, storeId};
  const clock = createSystemClock();
  const lost = new AbortController();
  stack.defer(() => lost.abort());
  const ending = AbortSignal.any([options.signal, lost.signal]);
  const held = await waitForLease(
    {
      lease: createNatsLease({link, leafId: leaf.leafId, clock, log}),
      clock,
      holder: `${hostname()}-${randomUUID()}`,
      onStandby: () => onStandby(`leaf ${leaf.leafId}`),
      onLost: (reason) => lost.abort(new CimError('lease-lost', reason)),
    },
    ending,
  );
  stack.defer(() => held.release());
  const parts = await serviceParts({settings, leaf, link, bus, log, held});
  stack.defer(() => createRuntimeFiles(settings.places, settings).withdraw());
  // An ordinary end still has its last event to store: only a lost lease stops the writing.
  const onReading = startTeller(settings, leaf);
  const starting = startLeafService({...parts, clock, onReading}, lost.signal);
  const service = await untilAborted(starting, options.signal);
  await announce(settings, leaf, address);
  options.onReady(`leaf ${leaf.leafId} is ready at ${address.url}`);
  const reason = await untilEnded({...options, clock, lastAsked: service.lastAsked}, ending);
  if (lost.signal.aborted) {
    log.error('the lease is lost: this agent ends', lost.signal.reason);
    return 1;
  }
  stack.defer(clock.after(STOP_LIMIT_MS, () => lost.abort(new CimError('time-is-up', 'stop'))));
  await service.stop(reason);
  return 0;
}
