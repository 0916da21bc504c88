import {join} from 'node:path';

import {afterAll, beforeAll} from 'vitest';

import {connectNats} from '#drivers/nats/connect.ts';
import {natsError} from '#drivers/nats/errors.ts';
import {credentialIssuerSuite} from '#test/contract/credential-issuer.suite.ts';
import {startTestServer, type TestServer} from '#test/support/nats.ts';

let server: TestServer;
let made = 0;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** Nobody listens for commands there: that is what one hears who may ask. */
async function askAs(credsPath: string, actor: string): Promise<string> {
  const {url} = server.address;
  const inboxPrefix = `_INBOX.${actor}`;
  const signal = AbortSignal.timeout(10_000);
  const link = await connectNats({url, credsPath, name: 'test', inboxPrefix, signal});
  const subject = `cim.${server.leafId}.commands.${actor}.port.label`;
  try {
    await link.request(subject, '', {timeoutMs: 5000});
    return 'answered';
  } catch (error) {
    return natsError(error, subject).code;
  } finally {
    await link.connection.close();
  }
}

credentialIssuerSuite('nats-server', async () => {
  made += 1;
  return {
    issuer: server.issuer,
    folder: join(server.home, `creds-${made}`),
    mayActAs: async (path, actor) => (await askAs(path, actor)) === 'no-agent',
    stop: async () => undefined,
  };
});
