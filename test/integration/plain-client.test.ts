import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';

import {jetstream} from '@nats-io/jetstream';
import {connect, credsAuthenticator, type NatsConnection} from '@nats-io/transport-node';
import {Ajv} from 'ajv';
import addFormats from 'ajv-formats';
import {CloudEvent} from 'cloudevents';
import {afterAll, beforeAll, expect, test} from 'vitest';

import {createJetStreamEventStore} from '#drivers/nats/event-store.ts';
import {publishToStream} from '#drivers/nats/publish.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';
import {startTestServer, type TestServer} from '#test/support/nats.ts';

const SCHEMA = new URL('../../../shared/corpus/schemas/cloudevents-1.0.json', import.meta.url);
const EVENTS = 12;

let server: TestServer;
let plain: NatsConnection;
beforeAll(async () => {
  server = await startTestServer();
  const signal = AbortSignal.timeout(20_000);
  const {leafId, storeId} = server;
  const link = await server.connectAgent();
  const store = createJetStreamEventStore({link, leafId, storeId, maxBytes: 2 ** 26});
  await store.open(signal);
  const event = (index: number) => labelledEnvelope(leafId, 'usb-1.3', `Straße ${index} · 秤`);
  const options = {epoch: 3, signal};
  await store.append([event(1)], {expectedSequence: 0, ...options});
  await publishToStream(link, {subject: `cim.${leafId}.events.x.y.z`, body: 'odd', headers: {}});
  const rest = Array.from({length: EVENTS - 2}, (_, index) => event(index));
  await store.append(rest, {expectedSequence: 2, ...options});
  plain = await connect({
    servers: server.address.url,
    authenticator: credsAuthenticator(await readFile(server.address.credsPath ?? '')),
  });
});
afterAll(async () => {
  await plain.close();
  await server.stop();
});

/** Every message as a client that knows nothing of us gets it. */
async function readPlainly() {
  const consumer = await jetstream(plain).consumers.get(`CIM_EVENTS_${server.leafId}`);
  const messages = await consumer.fetch({max_messages: EVENTS, expires: 5000});
  const all = [];
  for await (const message of messages) {
    all.push(message);
  }
  return all;
}

test('the chain holds from the first message on, for who reads it with nothing of ours', async () => {
  const part = (bytes: Uint8Array): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  let digest = createHash('sha256').update(`cim-leaf/1\n${server.storeId}`).digest();
  let checked = 0;
  for (const {subject, headers, data} of await readPlainly()) {
    if (headers?.has('Cim-Prev')) {
      expect(headers.get('Cim-Prev')).toBe(digest.toString('hex'));
      checked += 1;
    }
    const id = Buffer.from(headers?.get('Nats-Msg-Id') ?? '');
    const parts = [digest, part(Buffer.from(subject)), part(id), part(data)];
    digest = createHash('sha256').update(Buffer.concat(parts)).digest();
  }
  expect(checked).toBe(EVENTS - 1);
  const link = await server.connectAgent();
  const {leafId, storeId} = server;
  const store = createJetStreamEventStore({link, leafId, storeId, maxBytes: 2 ** 26});
  const head = await store.open(AbortSignal.timeout(10_000));
  expect(head).toEqual({sequence: EVENTS, digest: digest.toString('hex')});
});

test('headers say what the body says', async () => {
  const [first] = await readPlainly();
  const body = JSON.parse(first?.string() ?? '');
  expect(first?.subject).toBe('cim.test-leaf.events.port.usb-1=002e3.labelled');
  expect(
    Object.fromEntries(first?.headers?.keys().map((key) => [key, first.headers?.get(key)]) ?? []),
  ).toMatchObject({
    'Nats-Msg-Id': body.id,
    'Cim-Type': body.type,
    'Cim-Epoch': '3',
    'X-Message-ID': body.id,
    'X-Correlation-ID': body.correlationid,
    'X-Causation-ID': body.causationid,
  });
});

test('each event is a CloudEvent whose extensions are scalars', async () => {
  const bodies = (await readPlainly())
    .map((message) => message.string())
    .filter((text) => text !== 'odd');
  expect(bodies).toHaveLength(EVENTS - 1);
  for (const text of bodies) {
    const {data, ...attributes} = JSON.parse(text);
    expect(new CloudEvent(JSON.parse(text), true).validate()).toBe(true);
    expect(data).toBeTypeOf('object');
    const kinds = new Set(Object.values(attributes).map((value) => typeof value));
    expect([...kinds]).toEqual(['string']);
  }
});

test.skipIf(!existsSync(SCHEMA))(
  'each event is valid by the schema of CloudEvents (skipped: no corpus beside the repository)',
  async () => {
    const ajv = new Ajv({strict: false});
    addFormats.default(ajv);
    const isValid = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));
    for (const message of await readPlainly()) {
      if (message.string() !== 'odd') {
        expect([isValid(message.json()), isValid.errors]).toEqual([true, null]);
      }
    }
  },
);
