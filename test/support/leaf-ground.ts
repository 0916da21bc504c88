import {createLeafClient, type LeafClient} from '#client/leaf-client.ts';
import type {Bus} from '#contracts/bus.ts';
import type {Clock} from '#contracts/clock.ts';
import type {EventReader, EventStore} from '#contracts/event-store.ts';
import type {SnapshotStore} from '#contracts/snapshots.ts';
import {createMemoryDeviceMonitor} from '#drivers/memory/device-monitor.ts';
import {createSystemClock} from '#drivers/system/clock.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {createSystemIds} from '#drivers/system/ids.ts';
import {type LeafService, startLeafService} from '#services/leaf/serve.ts';
import type {UseCase} from '#services/use-case.ts';
import {labelledEnvelope} from './envelopes.ts';
import {bridgeOf} from './hardware.ts';
import {memoryMachine} from './memory-service.ts';

/** What one leaf stands on: a stream, a bus and a place for snapshots. */
export interface LeafGround {
  /** Another writer's store on the same stream, not opened yet. */
  createStore(): EventStore;
  readonly reader: EventReader;
  readonly snapshots: SnapshotStore;
  /** A new agent's connection. */
  createAgentBus(): Bus;
  /** The bus as `anna` reaches it. */
  readonly consoleBus: Bus;
  stop(): Promise<void>;
}

export interface LeafIdentity {
  readonly leafId: string;
  readonly storeId: string;
}

/** The port that the machine of a grounded leaf has. */
export const GROUND_PORT = 'network-br0';

/** Anna at her command line, over ssh. */
export const annaOn = ({consoleBus, reader}: LeafGround, {leafId}: LeafIdentity): LeafClient =>
  createLeafClient({
    leafId,
    actor: 'anna',
    channel: 'cli',
    origin: {kind: 'ssh', address: '192.0.2.7'},
    bus: consoleBus,
    events: reader,
    codec: createCodec(),
    ids: createSystemIds(),
    timeoutMs: 5000,
  });

/** One agent's life on a ground. */
export interface AgentLife {
  readonly service: LeafService;
  /** Ends it as a kill does: its connection is gone, and nothing is stored. */
  kill(): Promise<void>;
}

export interface LifeOptions {
  readonly ground: LeafGround;
  readonly identity: LeafIdentity;
  readonly epoch: number;
  readonly store?: EventStore | undefined;
  readonly snapshotEvery?: number | undefined;
  readonly useCases?: readonly UseCase[] | undefined;
  readonly clock?: Clock | undefined;
}

/** Begins an agent's life on a machine with one port; it answers once this resolves. */
export async function beginLife(options: LifeOptions): Promise<AgentLife> {
  const {ground, identity, epoch, store = ground.createStore(), snapshotEvery, useCases} = options;
  const life = new AbortController();
  const bus = ground.createAgentBus();
  const monitor = createMemoryDeviceMonitor([bridgeOf('br0', 7)]);
  const service = await startLeafService(
    {
      ...memoryMachine(monitor, bus),
      agent: {...identity, bootId: null, version: '1'},
      epoch,
      store,
      snapshots: ground.snapshots,
      snapshotEvery,
      useCases,
      clock: options.clock ?? createSystemClock(),
      ids: createSystemIds(),
    },
    life.signal,
  );
  await bus.roundTrip(); // what it listens to has reached the server
  return {
    service,
    async kill() {
      life.abort();
      await bus.close();
    },
  };
}

/** A store before whose next appends, as many as told, another writer is quicker. */
export function contendedStore(ground: LeafGround, {leafId}: LeafIdentity, signal: AbortSignal) {
  const own = ground.createStore();
  const rival = ground.createStore();
  let rest = 0;
  let tried = 0;
  const store: EventStore = {
    ...own,
    async append(given, options) {
      tried += 1;
      if (rest > 0) {
        rest -= 1;
        const {sequence} = await rival.open(signal);
        const event = labelledEnvelope(leafId, 'elsewhere', `rival ${sequence}`);
        await rival.append([event], {...options, expectedSequence: sequence});
      }
      return own.append(given, options);
    },
  };
  return {
    store,
    contend(times: number): void {
      rest = times;
      tried = 0;
    },
    tried: () => tried,
  };
}
