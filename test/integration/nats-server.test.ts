import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmod, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {setTimeout as pause} from 'node:timers/promises';

import {afterEach, beforeEach, expect, test} from 'vitest';

import {isCimError} from '#domain/errors.ts';
import {connectNats} from '#drivers/nats/connect.ts';
import {createJetStreamEventStore} from '#drivers/nats/event-store.ts';
import {createEmbeddedServer, type NatsServerChild} from '#drivers/nats-server/embedded-server.ts';
import {findNatsServer} from '#drivers/nats-server/find-server.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';
import {isRunning} from '#test/support/is-running.ts';
import {testPorts} from '#test/support/nats.ts';
import {silentLog} from '#test/support/silent-log.ts';

const LIMIT_MS = 20_000;
const leafId = 'test-leaf';
const storeId = '3f1c0a52-9a0e-4f6e-8a55-0c6b3d1f2e70';

let home: string;
let stops: (() => Promise<void>)[];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cim-leaf-test-'));
  stops = [];
});
afterEach(async () => {
  for (const stop of stops.reverse()) {
    await stop();
  }
  await rm(home, {recursive: true, force: true});
});

function newServer(tcpPorts = testPorts()): NatsServerChild {
  const server = createEmbeddedServer({home, leafId, log: silentLog, env: process.env, tcpPorts});
  stops.push(() => server.stop());
  return server;
}

const start = (server = newServer()) =>
  server.start(() => undefined, AbortSignal.timeout(LIMIT_MS));

async function writeOneEvent(): Promise<void> {
  const server = newServer();
  const address = await start(server);
  const signal = AbortSignal.timeout(LIMIT_MS);
  const link = await connectNats({...address, name: 'test', signal});
  const store = createJetStreamEventStore({link, leafId, storeId, maxBytes: 2 ** 24});
  await store.open(signal);
  await store.append([labelledEnvelope(leafId, 'p', 'x')], {expectedSequence: 0, epoch: 1, signal});
  await link.connection.close();
  await server.stop();
}

const code = (wanted: Parameters<typeof isCimError>[1]) => (error: unknown) =>
  isCimError(error, wanted);

test('keeps its keys and its events over a restart', async () => {
  const first = newServer();
  await start(first);
  const key = await readFile(join(home, 'keys', 'leaf-account.nk'), 'utf8');
  await first.stop();
  await writeOneEvent();
  const address = await start();
  expect(await readFile(join(home, 'keys', 'leaf-account.nk'), 'utf8')).toBe(key);
  const signal = AbortSignal.timeout(LIMIT_MS);
  const link = await connectNats({...address, name: 'test', signal});
  stops.push(() => link.connection.close());
  const store = createJetStreamEventStore({link, leafId, storeId, maxBytes: 2 ** 24});
  expect(await store.open(signal)).toMatchObject({sequence: 1});
});

test('at the first start it takes the next free TCP port', async () => {
  const {first} = testPorts();
  const stranger = createServer();
  stranger.listen(first, '127.0.0.1');
  await once(stranger, 'listening');
  stops.push(async () => void stranger.close());
  const address = await start(newServer({first, last: first + 5}));
  expect(Number(new URL(address.url).port)).toBeGreaterThan(first);
  const full = createEmbeddedServer({
    home: join(home, 'other'),
    leafId,
    log: silentLog,
    env: process.env,
    tcpPorts: {first, last: first},
  });
  await mkdir(join(home, 'other'));
  await expect(start(full)).rejects.toSatisfy(code('port-in-use'));
});

test('a half-made set of keys is made anew while the store is empty, and never later', async () => {
  await mkdir(join(home, 'keys'), {recursive: true});
  await writeFile(join(home, 'keys', 'operator.nk'), 'half');
  await writeOneEvent();
  await rm(join(home, 'keys', 'leaf-account.nk'));
  await expect(start()).rejects.toSatisfy(code('nats-server-failed'));
});

test('says what is wrong when it cannot run, or cannot be prepared', async () => {
  const broken = join(home, 'nats-server');
  await writeFile(
    broken,
    '#!/bin/sh\n[ "$1" = --version ] && exec echo v2.15.0\necho no luck >&2; exit 3',
  );
  await chmod(broken, 0o755);
  const env = {...process.env, CIM_NATS_SERVER: broken};
  const server = createEmbeddedServer({home, leafId, log: silentLog, env, tcpPorts: testPorts()});
  const late = start(server);
  await expect(late).rejects.toSatisfy(code('nats-server-failed'));
  await expect(late).rejects.toThrow('exit code 3: no luck');
  await rm(join(home, 'nats', 'jetstream'), {recursive: true});
  await writeFile(join(home, 'nats', 'jetstream'), 'no folder');
  await expect(start()).rejects.toSatisfy(code('nats-server-failed'));
});

test('ends with the process that started it, even when that one is killed', async () => {
  const script = new URL('../support/server-host.ts', import.meta.url).pathname;
  const host = spawn(process.execPath, [script, home, leafId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(host.stdout), 'line');
  const pid = Number(line);
  expect(isRunning(pid)).toBe(true);
  host.kill('SIGKILL');
  const limit = AbortSignal.timeout(LIMIT_MS);
  while (isRunning(pid)) {
    await pause(20, undefined, {signal: limit});
  }
});

test('an old server is refused with its version, a missing one with where it was looked for', async () => {
  const old = join(home, 'old-nats-server');
  await writeFile(old, '#!/bin/sh\necho "nats-server: v2.10.27"\n');
  await chmod(old, 0o755);
  const found = findNatsServer({CIM_NATS_SERVER: old});
  await expect(found).rejects.toSatisfy(code('nats-too-old'));
  await expect(found).rejects.toThrow('2.10.27');
  const missing = findNatsServer({CIM_NATS_SERVER: join(home, 'nothing')});
  await expect(missing).rejects.toSatisfy(code('nats-server-failed'));
});

test('the server that setup fetched goes before others, unless it is gone', async () => {
  const fetched = join(home, 'nats-server');
  await writeFile(fetched, '#!/bin/sh\necho "nats-server: v2.99.1"\n');
  await chmod(fetched, 0o755);
  await mkdir(join(home, 'cim-leaf'));
  const tools = {natsServer: fetched, version: '2.99.1', udevadm: null};
  await writeFile(join(home, 'cim-leaf', 'tools.json'), JSON.stringify(tools));
  const env = {XDG_CACHE_HOME: home, PATH: ''};
  expect(await findNatsServer(env)).toEqual({path: fetched, version: '2.99.1'});
  const elsewhere = join(home, 'bin');
  await mkdir(elsewhere);
  await writeFile(join(elsewhere, 'nats-server'), '#!/bin/sh\necho "nats-server: v2.12.0"\n');
  await chmod(join(elsewhere, 'nats-server'), 0o755);
  await rm(fetched);
  expect(await findNatsServer({...env, PATH: elsewhere})).toMatchObject({version: '2.12.0'});
});
