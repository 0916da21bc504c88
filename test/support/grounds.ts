import {createMemoryEventStore} from '#drivers/memory/event-store.ts';
import {createMemoryStream} from '#drivers/memory/event-stream.ts';
import {createMemorySnapshots} from '#drivers/memory/snapshots.ts';
import {createMemoryBus, createMemoryBusHub} from '#drivers/memory-bus/memory-bus.ts';
import {createNatsBus} from '#drivers/nats/bus.ts';
import {createJetStreamEventReader} from '#drivers/nats/event-reader.ts';
import {createJetStreamEventStore} from '#drivers/nats/event-store.ts';
import {createNatsSnapshots} from '#drivers/nats/snapshots.ts';
import type {LeafGround, LeafIdentity} from './leaf-ground.ts';
import {startTestServer} from './nats.ts';
import {silentLog} from './silent-log.ts';

const MAX_BYTES = 2 ** 26;

/** A leaf's ground in memory. */
export async function memoryGround({leafId, storeId}: LeafIdentity): Promise<LeafGround> {
  const stream = createMemoryStream({storeId});
  const hub = createMemoryBusHub();
  const createStore = () => createMemoryEventStore({leafId, stream});
  return {
    createStore,
    reader: createStore(),
    snapshots: createMemorySnapshots(),
    createAgentBus: () => createMemoryBus({log: silentLog, hub}),
    consoleBus: createMemoryBus({log: silentLog, hub}),
    stop: async () => undefined,
  };
}

/** A leaf's ground on a nats-server of its own, for as many agents one after the other. */
export async function natsGround(
  {leafId, storeId}: LeafIdentity,
  agentCount = 2,
): Promise<LeafGround> {
  const server = await startTestServer(leafId);
  const link = await server.connectAgent();
  const console = await server.connectConsole('anna');
  const agents = await Promise.all(Array.from({length: agentCount}, () => server.connectAgent()));
  return {
    createStore: () => createJetStreamEventStore({link, leafId, storeId, maxBytes: MAX_BYTES}),
    reader: createJetStreamEventReader({link: console, leafId}),
    snapshots: createNatsSnapshots({link, leafId}),
    createAgentBus() {
      const own = agents.pop();
      if (own === undefined) {
        throw new TypeError('more agents than connections');
      }
      return createNatsBus({link: own, log: silentLog});
    },
    consoleBus: createNatsBus({link: console, log: silentLog}),
    stop: () => server.stop(),
  };
}
