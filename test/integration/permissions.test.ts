import {readdir, readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';

import {createInbox} from '@nats-io/transport-node';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';

import {isCimError} from '#domain/errors.ts';
import {createNatsBus} from '#drivers/nats/bus.ts';
import {connectNats} from '#drivers/nats/connect.ts';
import {natsError} from '#drivers/nats/errors.ts';
import {createJetStreamEventReader} from '#drivers/nats/event-reader.ts';
import {createJetStreamEventStore} from '#drivers/nats/event-store.ts';
import type {NatsLink} from '#drivers/nats/link.ts';
import {collect, take} from '#test/support/collect.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';
import {startTestServer, type TestServer} from '#test/support/nats.ts';
import {silentLog} from '#test/support/silent-log.ts';

const STREAM = 'CIM_EVENTS_test-leaf';
const LIMIT_MS = 10_000;

let server: TestServer;
let agent: NatsLink;
let anna: NatsLink;
let signal: AbortSignal;

beforeAll(async () => {
  signal = AbortSignal.timeout(60_000);
  server = await startTestServer();
  agent = await server.connectAgent();
  const {leafId, storeId} = server;
  const store = createJetStreamEventStore({link: agent, leafId, storeId, maxBytes: 2 ** 24});
  await store.open(signal);
  const events = ['a', 'b', 'c'].map((label) => labelledEnvelope(leafId, 'usb-1-3', label));
  await store.append(events, {expectedSequence: 0, epoch: 1, signal});
  anna = await server.connectConsole('anna');
});
afterAll(() => server.stop());

/** What becomes of a request: the code, or `answered`. */
async function askAs(link: NatsLink, subject: string, body = ''): Promise<string> {
  try {
    await link.request(subject, body, {timeoutMs: LIMIT_MS});
    return 'answered';
  } catch (error) {
    return natsError(error, subject).code;
  }
}

/** What becomes of a subscription. */
async function hearAs(link: NatsLink, subject: string): Promise<string> {
  const refused = Promise.withResolvers<string>();
  const subscription = link.connection.subscribe(subject, {
    callback: (error) => {
      if (error !== null) {
        refused.resolve(natsError(error, subject).code);
      }
    },
  });
  const flushed = link.connection.flush().then(() => 'allowed');
  const outcome = await Promise.race([refused.promise, flushed]);
  subscription.unsubscribe();
  return outcome;
}

const lastSequence = () =>
  createJetStreamEventReader({link: agent, leafId: server.leafId}).lastSequence(signal);

test('without credentials nobody gets in', async () => {
  const {url} = server.address;
  const anonymous = connectNats({url, credsPath: null, name: 'nobody', signal});
  await expect(anonymous).rejects.toSatisfy((error) => isCimError(error, 'nats-refused'));
});

test("credentials of another leaf's keys do not fit", async () => {
  const other = await startTestServer();
  const credsPath = await other.consoleCreds('anna');
  const {url} = server.address;
  const stranger = connectNats({url, credsPath, name: 'stranger', signal});
  await expect(stranger).rejects.toSatisfy((error) => isCimError(error, 'nats-refused'));
  await other.stop();
});

describe('a console', () => {
  test('reads and follows the events', async () => {
    const reader = createJetStreamEventReader({link: anna, leafId: server.leafId});
    const all = await collect(reader.readAll({from: 1, signal}));
    expect(all.map(({sequence}) => sequence)).toEqual([1, 2, 3]);
    expect(await collect(reader.readAggregate('port', 'usb-1-3', signal))).toHaveLength(3);
    expect(await take(reader.follow({from: 2, signal}), 2)).toHaveLength(2);
    const direct = `$JS.API.DIRECT.GET.${STREAM}`;
    expect(await askAs(anna, direct, JSON.stringify({seq: 1}))).toBe('answered');
  });

  test('asks under its own name only', async () => {
    expect(await askAs(anna, 'cim.test-leaf.commands.anna.port.label')).toBe('no-agent');
    expect(await askAs(anna, 'cim.test-leaf.queries.ports.list')).toBe('no-agent');
    expect(await askAs(anna, 'cim.test-leaf.commands.bert.port.label')).toBe('nats-refused');
    expect(await askAs(anna, 'cim.other.commands.anna.port.label')).toBe('nats-refused');
  });

  test('a name with dots or stars is one token and lets nobody act for others', async () => {
    const odd = await server.connectConsole('anna.port');
    expect(await askAs(odd, 'cim.test-leaf.commands.anna.port.label')).toBe('nats-refused');
    expect(await askAs(odd, 'cim.test-leaf.commands.anna=002eport.port.label')).toBe('no-agent');
    const star = await server.connectConsole('>');
    expect(await askAs(star, 'cim.test-leaf.commands.anna.port.label')).toBe('nats-refused');
  });

  test('writes no event, no live message and no answer', async () => {
    const event = JSON.stringify(labelledEnvelope('test-leaf', 'usb-1-3', 'forged'));
    const subject = 'cim.test-leaf.events.port.usb-1-3.labelled';
    expect(await askAs(anna, subject, event)).toBe('nats-refused');
    expect(await askAs(anna, 'cim.test-leaf.live.metrics.cpu')).toBe('nats-refused');
    expect(await askAs(anna, '_INBOX.bert.reply')).toBe('nats-refused');
    expect(await lastSequence()).toBe(3);
  });

  test.each([
    `STREAM.INFO.${STREAM}`,
    `STREAM.CREATE.${STREAM}`,
    `STREAM.UPDATE.${STREAM}`,
    `STREAM.DELETE.${STREAM}`,
    `STREAM.PURGE.${STREAM}`,
    `STREAM.MSG.DELETE.${STREAM}`,
    `STREAM.MSG.GET.${STREAM}`,
    'STREAM.CREATE.MINE',
    'STREAM.LIST',
    'STREAM.NAMES',
    'STREAM.INFO.KV_cim_lease_test-leaf',
    `CONSUMER.CREATE.${STREAM}.mine`,
    `CONSUMER.DURABLE.CREATE.${STREAM}.mine`,
    `CONSUMER.DELETE.${STREAM}.mine`,
    `CONSUMER.LIST.${STREAM}`,
    `CONSUMER.MSG.NEXT.${STREAM}.mine`,
    'CONSUMER.CREATE.KV_cim_state_test-leaf.mine',
    'DIRECT.GET.KV_cim_lease_test-leaf',
    `DIRECT.GET.${STREAM}.cim.test-leaf.events.port.usb-1-3.labelled`,
    'INFO',
    'ACCOUNT.PURGE.x',
  ])('may not ask JetStream for %s', async (name) => {
    expect(await askAs(anna, `$JS.API.${name}`, '{}')).toBe('nats-refused');
    expect(await lastSequence()).toBe(3);
  });

  test.each(['$SYS.REQ.SERVER.PING', '$SYS.REQ.CLAIMS.UPDATE', '$KV.cim_lease_test-leaf.holder'])(
    'may not send to %s',
    async (subject) => {
      expect(await askAs(anna, subject, '{}')).toBe('nats-refused');
    },
  );

  test.each([
    ['_INBOX.anna.>', 'allowed'],
    ['cim.test-leaf.live.>', 'allowed'],
    ['_INBOX.bert.>', 'nats-refused'],
    ['_INBOX.>', 'nats-refused'],
    ['>', 'nats-refused'],
    ['cim.test-leaf.commands.>', 'nats-refused'],
    ['cim.test-leaf.queries.>', 'nats-refused'],
    ['cim.test-leaf.events.>', 'nats-refused'],
    ['$JS.ACK.>', 'nats-refused'],
  ])('hears %s: %s', async (subject, outcome) => {
    const link = await server.connectConsole('anna');
    expect(await hearAs(link, subject)).toBe(outcome);
  });

  test('cannot act over an inbox that is not its own', async () => {
    const {url} = server.address;
    const credsPath = await server.consoleCreds('anna');
    const inboxPrefix = '_INBOX.bert';
    const link = await connectNats({url, credsPath, name: 'test', inboxPrefix, signal});
    expect(createInbox(inboxPrefix)).toMatch(/^_INBOX\.bert\./);
    expect(await askAs(link, `$JS.API.DIRECT.GET.${STREAM}`)).toBe('nats-refused');
    await link.connection.close();
  });
});

describe('the way back of an answer', () => {
  const subject = 'cim.test-leaf.events.port.usb-1-3.labelled';
  const direct = `$JS.API.DIRECT.GET.${STREAM}`;
  const settle = async () => {
    await anna.connection.flush();
    await askAs(anna, direct, JSON.stringify({seq: 1}));
    await agent.connection.flush();
  };

  test.each([{seq: 1}, {seq: 99}, {seq: 1, batch: 10}, {last_by_subj: '>'}])(
    'does not lead the stored message %o into the stream',
    async (wanted) => {
      anna.connection.publish(direct, JSON.stringify(wanted), {reply: subject});
      await settle();
      expect(await lastSequence()).toBe(3);
    },
  );

  test('does not lead what the agent answers into a stream', async () => {
    const bus = createNatsBus({link: agent, log: silentLog});
    const asked: string[] = [];
    const responder = bus.respond('cim.test-leaf.commands.anna.port.label', async ({headers}) => {
      asked.push(headers.round ?? '');
      return {body: new TextEncoder().encode('forged')};
    });
    await bus.roundTrip();
    for (const reply of [subject, '$KV.cim_lease_test-leaf.holder']) {
      anna.connection.publish('cim.test-leaf.commands.anna.port.label', '', {reply});
    }
    await settle();
    expect(asked.length).toBeGreaterThan(0);
    expect(await lastSequence()).toBe(3);
    responder.stop();
  });

  test('a delivery of JetStream and a message without reply are no wishes', async () => {
    const bus = createNatsBus({link: agent, log: silentLog});
    const asked: string[] = [];
    const responder = bus.respond('cim.test-leaf.commands.>', async ({subject: of}) => {
      asked.push(of);
      return {body: new Uint8Array()};
    });
    await bus.roundTrip();
    const forge = 'cim.test-leaf.commands.bert.port.label';
    anna.connection.publish(direct, JSON.stringify({seq: 1}), {reply: forge});
    anna.connection.publish('cim.test-leaf.commands.anna.port.label', '{}');
    await settle();
    expect(asked).toEqual([]);
    responder.stop();
  });
});

test('secrets are for their owner alone, and nothing else holds them', async () => {
  const keys = join(server.home, 'keys');
  expect((await stat(keys)).mode & 0o777).toBe(0o700);
  const names = await readdir(keys);
  expect(names.length).toBe(7);
  const seeds: string[] = [];
  for (const name of names) {
    expect([name, (await stat(join(keys, name))).mode & 0o777]).toEqual([name, 0o600]);
    seeds.push(...((await readFile(join(keys, name), 'utf8')).match(/S[OAU][A-Z2-7]{50,}/g) ?? []));
  }
  expect(seeds).toHaveLength(7);
  const creds = await server.consoleCreds('carla');
  expect((await stat(creds)).mode & 0o777).toBe(0o600);
  for (const path of [join('nats', 'server.conf'), join('log', 'nats-server.log')]) {
    const text = await readFile(join(server.home, path), 'utf8');
    expect(seeds.filter((seed) => text.includes(seed))).toEqual([]);
  }
  expect((await stat(join(server.home, 'nats', 'jetstream'))).mode & 0o777).toBe(0o700);
});
