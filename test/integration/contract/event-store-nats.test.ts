import {createJetStreamEventReader} from '#drivers/nats/event-reader.ts';
import {createJetStreamEventStore} from '#drivers/nats/event-store.ts';
import {ensureEventStream} from '#drivers/nats/event-stream.ts';
import {publishToStream} from '#drivers/nats/publish.ts';
import {eventStoreSuite} from '#test/contract/event-store.suite.ts';
import {startTestServer} from '#test/support/nats.ts';

eventStoreSuite('nats', async ({leafId, storeId, maxBytes = 2 ** 26}) => {
  const server = await startTestServer(leafId);
  const links = [await server.connectAgent(), await server.connectAgent()] as const;
  const [link] = links;
  const reader = await server.connectConsole('anna');
  await ensureEventStream(link, {leafId, storeId, maxBytes}, AbortSignal.timeout(5000));
  let made = 0;
  return {
    createStore() {
      made += 1;
      return createJetStreamEventStore({
        link: links[made % 2 === 1 ? 0 : 1],
        leafId,
        storeId,
        maxBytes,
      });
    },
    createReader: () => createJetStreamEventReader({link: reader, leafId}),
    async putRaw(subject, body, messageId, previous) {
      const headers = {
        ...(messageId === undefined ? {} : {'Nats-Msg-Id': messageId}),
        ...(previous === undefined ? {} : {'Cim-Prev': previous}),
      };
      await publishToStream(link, {subject, body, headers: {...headers}});
    },
    stop: () => server.stop(),
  };
});
