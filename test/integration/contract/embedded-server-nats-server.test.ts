import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import type {ServerAddress} from '#contracts/server.ts';
import {isCimError} from '#domain/errors.ts';
import {connectNats} from '#drivers/nats/connect.ts';
import {createEmbeddedServer, type NatsServerChild} from '#drivers/nats-server/embedded-server.ts';
import {embeddedServerSuite} from '#test/contract/embedded-server.suite.ts';
import {testPorts} from '#test/support/nats.ts';
import {silentLog} from '#test/support/silent-log.ts';

async function connect(address: ServerAddress): Promise<string> {
  try {
    const link = await connectNats({...address, name: 'test', signal: AbortSignal.timeout(10_000)});
    await link.connection.close();
    return 'connected';
  } catch (error) {
    return isCimError(error) ? error.code : String(error);
  }
}

embeddedServerSuite('nats-server', async () => {
  const home = await mkdtemp(join(tmpdir(), 'cim-leaf-test-'));
  const place = {home, leafId: 'test-leaf', log: silentLog, env: process.env};
  const tcpPorts = testPorts();
  const servers: NatsServerChild[] = [];
  return {
    connect,
    create() {
      const server = createEmbeddedServer({...place, tcpPorts});
      servers.push(server);
      return server;
    },
    async stop() {
      for (const server of servers) await server.stop();
      await rm(home, {recursive: true});
    },
  };
});
