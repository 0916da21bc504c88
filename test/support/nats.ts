import {randomInt, randomUUID} from 'node:crypto';
import {chmod, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import type {CredentialIssuer, ServerAddress, ServerNotice} from '#contracts/server.ts';
import {tokenFromId} from '#domain/ids.ts';
import {connectNats} from '#drivers/nats/connect.ts';
import type {NatsLink} from '#drivers/nats/link.ts';
import {createCredentialIssuer} from '#drivers/nats-server/credentials.ts';
import {createEmbeddedServer, type NatsServerChild} from '#drivers/nats-server/embedded-server.ts';
import {silentLog} from '#test/support/silent-log.ts';

/** A real nats-server in a home of its own, ended with the test process whatever happens to it. */
export interface TestServer {
  readonly home: string;
  readonly leafId: string;
  readonly storeId: string;
  readonly address: ServerAddress;
  readonly server: NatsServerChild;
  readonly issuer: CredentialIssuer;
  readonly notices: readonly ServerNotice[];
  /** A connection as the agent. */
  connectAgent(): Promise<NatsLink>;
  /** A connection with fresh console credentials of an actor. */
  connectConsole(actor: string): Promise<NatsLink>;
  /** Path of console credentials for an actor. */
  consoleCreds(actor: string): Promise<string>;
  /** SIGKILL; the server comes back by itself. Resolves when it is ready again. */
  kill(): Promise<void>;
  /** Closes what was connected, ends the server, removes the home. */
  stop(): Promise<void>;
}

const START_LIMIT_MS = 20_000;

/** A range far from a real leaf's, at a place of its own for each test process. */
export function testPorts() {
  const first = randomInt(15_000, 28_000);
  return {first, last: first + 200};
}

/** Starts a server as the agent does: `await using server = …` or `server.stop()` afterwards. */
export async function startTestServer(leafId = 'test-leaf'): Promise<TestServer> {
  const home = await mkdtemp(join(tmpdir(), 'cim-leaf-test-'));
  await chmod(home, 0o755);
  const server = createEmbeddedServer({
    home,
    leafId,
    log: silentLog,
    env: process.env,
    tcpPorts: testPorts(),
  });
  const watch = watchNotices();
  const address = await server.start(watch.onNotice, AbortSignal.timeout(START_LIMIT_MS));
  const issuer = createCredentialIssuer({home});
  const links: NatsLink[] = [];
  const consoleCreds = async (actor: string): Promise<string> => {
    const path = join(home, `${tokenFromId(actor)}.creds`);
    await issuer.issueConsole(actor, path, null);
    return path;
  };
  const connectAs = async (credsPath: string | null, inboxPrefix?: string): Promise<NatsLink> => {
    const signal = AbortSignal.timeout(START_LIMIT_MS);
    const {url} = address;
    const link = await connectNats({url, credsPath, name: 'test', inboxPrefix, signal});
    links.push(link);
    return link;
  };
  return {
    home,
    leafId,
    storeId: randomUUID(),
    address,
    server,
    issuer,
    notices: watch.notices,
    consoleCreds,
    connectAgent: () => connectAs(address.credsPath),
    connectConsole: async (actor) =>
      connectAs(await consoleCreds(actor), `_INBOX.${tokenFromId(actor)}`),
    kill: () => kill(server, watch),
    async stop() {
      await Promise.all(links.map(({connection}) => connection.close()));
      await server.stop();
      await rm(home, {recursive: true, force: true});
    },
  };
}

type NoticeWatch = ReturnType<typeof watchNotices>;

function watchNotices() {
  const notices: ServerNotice[] = [];
  let wake = () => {};
  return {
    notices,
    onNotice(notice: ServerNotice) {
      notices.push(notice);
      wake();
    },
    next: () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      }),
  };
}

async function kill(server: NatsServerChild, watch: NoticeWatch): Promise<void> {
  const pid = server.pid();
  if (pid === undefined) {
    throw new TypeError('kill: no server');
  }
  const before = watch.notices.length;
  process.kill(pid, 'SIGKILL');
  while (!watch.notices.slice(before).some(({kind}) => kind === 'ready')) {
    await watch.next();
  }
}
