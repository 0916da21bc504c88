import {createNatsStateRows} from '#drivers/nats/state-rows.ts';
import {stateRowsSuite} from '#test/contract/state-rows.suite.ts';
import {startTestServer} from '#test/support/nats.ts';

stateRowsSuite('nats', async () => {
  const server = await startTestServer();
  const link = await server.connectAgent();
  return {
    create: () => createNatsStateRows({link, leafId: server.leafId}),
    stop: () => server.stop(),
  };
});
