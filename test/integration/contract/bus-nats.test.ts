import {afterAll, beforeAll} from 'vitest';

import {createNatsBus} from '#drivers/nats/bus.ts';
import {busSuite} from '#test/contract/bus.suite.ts';
import {startTestServer, type TestServer} from '#test/support/nats.ts';
import {createKeptLog} from '#test/support/silent-log.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

busSuite('nats', async () => {
  const log = createKeptLog();
  const bus = createNatsBus({link: await server.connectAgent(), log});
  const other = createNatsBus({link: await server.connectAgent(), log});
  return {
    bus,
    other,
    lines: log.lines,
    async stop() {
      await Promise.all([bus.close(), other.close()]);
    },
  };
});
