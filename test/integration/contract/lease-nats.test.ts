import {afterAll, beforeAll} from 'vitest';

import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createNatsLease} from '#drivers/nats/lease.ts';
import {leaseSuite} from '#test/contract/lease.suite.ts';
import {startTestServer, type TestServer} from '#test/support/nats.ts';
import {silentLog} from '#test/support/silent-log.ts';
import {until} from '#test/support/until.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

leaseSuite('nats', async () => ({
  async createAgent() {
    const clock = createMemoryClock();
    const link = await server.connectAgent();
    return {clock, lease: createNatsLease({link, leafId: server.leafId, clock, log: silentLog})};
  },
  async outwait({lease}) {
    // The bucket's own clock is the server's: this takes its 6 s.
    const held = await until(
      () => lease.acquire('next', () => undefined),
      (taken) => taken !== undefined,
    );
    if (held === undefined) throw new TypeError('the lease has not run out');
    return held;
  },
  stop: async () => undefined,
}));
