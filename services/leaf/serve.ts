import type {Bus} from '#contracts/bus.ts';
import type {Clock} from '#contracts/clock.ts';
import type {Codec} from '#contracts/codec.ts';
import type {ContainerManager} from '#contracts/container-manager.ts';
import type {DeviceMonitor, LinkMonitor} from '#contracts/device-monitor.ts';
import type {EventStore} from '#contracts/event-store.ts';
import type {HostMeter} from '#contracts/host-meter.ts';
import type {IdSource} from '#contracts/ids.ts';
import type {Log} from '#contracts/log.ts';
import type {SnapshotStore} from '#contracts/snapshots.ts';
import type {StateRows} from '#contracts/state-rows.ts';
import type {UsageReader} from '#contracts/usage-reader.ts';
import {type Fact, withCause} from '#domain/catalogue.ts';
import {CimError} from '#domain/errors.ts';
import type {StoredMessage} from '#domain/message.ts';

import {createAnswerBook} from '../answers.ts';
import {createContainerWatch} from '../container/watch.ts';
import {createDeviceWatch} from '../device/watch.ts';
import {startDispatch} from '../dispatch.ts';
import {createHostWatch} from '../host/watch-host.ts';
import {type Journal, openJournal} from '../journal.ts';
import {createLiveFeed} from '../live.ts';
import {createPast} from '../past.ts';
import {createUserWatch} from '../port/watch-users.ts';
import {startPresence} from '../presence.ts';
import {startQueries} from '../queries.ts';
import {createReached} from '../reached.ts';
import {readEvent} from '../read-event.ts';
import {USE_CASES} from '../registry.ts';
import {keepSnapshot, newestSnapshot} from '../snapshots.ts';
import {startStateRows} from '../state-rows.ts';
import {causedBy, causeFrom, type StoredCause} from '../stored-cause.ts';
import {QUERIES} from '../views.ts';
import {type AgentIdentity, startFacts, stopFacts} from './life.ts';

/** Everything a leaf's service layer stands on, and who it is. */
export interface LeafServiceOptions {
  readonly agent: AgentIdentity;
  /** Lease epoch. */
  readonly epoch: number;
  readonly store: EventStore;
  readonly snapshots: SnapshotStore;
  readonly stateRows: StateRows;
  readonly bus: Bus;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly monitor: DeviceMonitor;
  readonly links: LinkMonitor;
  readonly usage: UsageReader;
  readonly meter: HostMeter;
  readonly containers: ContainerManager;
  /** So many events apart states are kept: 20,000 when left out. */
  readonly snapshotEvery?: number | undefined;
  /** Called with each message once it is stored. */
  readonly onStored?: ((message: StoredMessage) => void) | undefined;
}

/** A running service layer. */
export interface LeafService {
  readonly journal: Journal;
  /** Milliseconds of the monotonic clock at which a client last asked anything. */
  lastAsked(): number;
  /** Ends everything in reverse order; the last event says why. */
  stop(reason: 'signal' | 'linger'): Promise<void>;
}

/**
 * Starts the service layer of a leaf whose lease is held: the state is read from the store, the
 * start is stored, devices are enumerated, and from then on requests are answered. An abort ends
 * what it does by itself, without another word: the lease is lost.
 */
export async function startLeafService(
  options: LeafServiceOptions,
  signal: AbortSignal,
): Promise<LeafService> {
  const {agent, store, bus, codec, log} = options;
  const {leafId} = agent;
  const head = await store.open(signal);
  const answers = createAnswerBook();
  const reached = createReached(options.clock);
  const journal = await openJournal({
    ...options,
    leafId,
    bootId: agent.bootId,
    signal,
    from: await newestSnapshot(options, head.sequence),
    onApplied(message) {
      reached.applied(message.sequence);
      options.onStored?.(message);
      parts?.onStored(message);
    },
    onMilestone: (inventory) => keepSnapshot(options, inventory),
  });
  reached.applied(journal.inventory().sequence);
  let parts: ReturnType<typeof createParts> | undefined;
  const started = await journal.submit((inventory) => startFacts(inventory, agent), {});
  parts = createParts({...options, startedBy: causeFrom(started, undefined)}, journal, signal);
  signal.addEventListener('abort', parts.halt, {once: true});
  await parts.watch.start(signal);
  signal.throwIfAborted();
  const presence = startPresence({...options, leafId});
  const dispatch = startDispatch({
    ...options,
    leafId,
    journal,
    answers,
    useCases: USE_CASES,
    readEvent: (reference) => readEvent(store, reference, signal),
    onAsked: presence.asked,
  });
  const queries = startQueries({
    leafId,
    bus,
    codec,
    queries: QUERIES,
    picture: parts.picture,
    past: createPast({...options, now: () => journal.inventory(), signal}),
    reached: reached.wait,
    onAsked: presence.asked,
  });
  parts.live.start();
  parts.users.start();
  parts.host.start();
  parts.containers.start();
  log.info(`leaf ${leafId} is served, ${journal.inventory().sequence} events stored`);
  const {halt} = parts;
  return {
    journal,
    lastAsked: presence.lastAsked,
    async stop(reason) {
      presence.stop();
      queries.stop();
      dispatch.stop();
      await halt();
      await journal.submit(() => stopFacts(agent, reason), {});
      await journal.settled();
    },
  };
}

function createParts(
  options: LeafServiceOptions & {readonly startedBy: StoredCause | undefined},
  journal: Journal,
  signal: AbortSignal,
) {
  const {agent, clock, log, usage, meter, containers: manager} = options;
  const {leafId} = agent;
  const inventory = () => journal.inventory();
  const live = createLiveFeed({
    ...options,
    leafId,
    beat: () => ({version: agent.version, limit: watch.limit(), sequence: inventory().sequence}),
  });
  const users = createUserWatch({
    reader: usage,
    clock,
    log,
    inventory,
    onChange: live.users,
    signal,
  });
  const host = createHostWatch({meter, clock, log, onRead: live.host});
  const containers = createContainerWatch({manager, clock, log, onRead: live.containers, signal});
  const watch = createDeviceWatch({
    ...options,
    record: async (decide, {time, cause, stored}) => {
      const withIt = (facts: readonly Fact[]): readonly Fact[] =>
        cause === undefined ? facts : facts.map((fact) => withCause(fact, cause));
      const outcome = await journal.submit((known) => withIt(decide(known)), {
        ...causedBy(stored),
        channel: 'system',
        time,
      });
      if (outcome.kind === 'refused') {
        throw new CimError(outcome.refused, 'record what the devices show'); // and try again
      }
      return causeFrom(outcome, stored);
    },
    onRaw: live.uevent,
  });
  const stateRows = startStateRows({...options, rows: options.stateRows, inventory});
  const halt = async (): Promise<void> => {
    stateRows.stop();
    await containers.stop();
    host.stop();
    users.stop();
    live.stop();
    await watch.stop();
  };
  return {
    halt,
    live,
    users,
    host,
    containers,
    watch,
    picture: () => ({
      inventory: inventory(),
      users: users.users(),
      limit: watch.limit(),
      host: host.metrics(),
      containers: containers.containers(),
    }),
    onStored(message: StoredMessage): void {
      stateRows.touch();
      if (message.kind === 'event' && message.event.type.startsWith('cim.device.')) {
        users.refresh();
      }
    },
  };
}
