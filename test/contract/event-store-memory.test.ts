import {createMemoryEventReader, createMemoryEventStore} from '#drivers/memory/event-store.ts';
import {createMemoryStream} from '#drivers/memory/event-stream.ts';
import {eventStoreSuite} from './event-store.suite.ts';

eventStoreSuite('memory', async ({leafId, storeId, maxBytes}) => {
  const stream = createMemoryStream({storeId, maxBytes});
  const encoder = new TextEncoder();
  return {
    createStore: () => createMemoryEventStore({leafId, stream}),
    createReader: () => createMemoryEventReader({leafId, stream}),
    async putRaw(subject, body, messageId = '', previous) {
      const headers = previous === undefined ? {} : {'Cim-Prev': previous};
      stream.put([{subject, messageId, headers: {...headers}, body: encoder.encode(body)}]);
    },
    stop: async () => undefined,
  };
});
