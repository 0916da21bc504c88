import {createMemoryEventStore} from '#drivers/memory/event-store.ts';
import {createMemoryStream} from '#drivers/memory/event-stream.ts';
import {createMemorySnapshots} from '#drivers/memory/snapshots.ts';
import {createMemoryBus, createMemoryBusHub} from '#drivers/memory-bus/memory-bus.ts';
import {silentLog} from '#test/support/silent-log.ts';
import {semanticsSuite} from './semantics.suite.ts';

semanticsSuite('memory', async ({leafId, storeId}) => {
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
});
