import {createNatsSnapshots} from '#drivers/nats/snapshots.ts';
import {snapshotsSuite} from '#test/contract/snapshot-store.suite.ts';
import {startTestServer} from '#test/support/nats.ts';

snapshotsSuite('nats', async () => {
  const server = await startTestServer();
  const link = await server.connectAgent();
  return {
    create: () => createNatsSnapshots({link, leafId: server.leafId}),
    stop: () => server.stop(),
  };
});
