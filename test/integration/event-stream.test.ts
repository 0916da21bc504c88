import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest';
import {z} from 'zod';

import {type ErrorCode, isCimError} from '#domain/errors.ts';
import {createJetStreamEventStore} from '#drivers/nats/event-store.ts';
import {callJetStream, streamInfo} from '#drivers/nats/jetstream-api.ts';
import type {NatsLink} from '#drivers/nats/link.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';
import {startTestServer, type TestServer} from '#test/support/nats.ts';

const STREAM = 'CIM_EVENTS_test-leaf';

let server: TestServer;
let link: NatsLink;
let signal: AbortSignal;
beforeAll(async () => {
  server = await startTestServer();
  link = await server.connectAgent();
});
beforeEach(() => {
  signal = AbortSignal.timeout(10_000);
});
afterAll(() => server.stop());

const store = (storeId = server.storeId) =>
  createJetStreamEventStore({link, leafId: server.leafId, storeId, maxBytes: 2 ** 24});
const call = (subject: string, body: unknown) =>
  callJetStream(link, {subject, body, answer: z.unknown()}, signal);
const code = (wanted: ErrorCode) => (error: unknown) => isCimError(error, wanted);

test('makes the stream with the settings that its promises need', async () => {
  await store().open(signal);
  const {config} = await streamInfo(link, STREAM, signal);
  expect(config).toMatchObject({
    subjects: ['cim.test-leaf.events.>'],
    storage: 'file',
    compression: 's2',
    retention: 'limits',
    discard: 'new',
    max_bytes: 2 ** 24,
    deny_delete: true,
    deny_purge: true,
    allow_direct: true,
    allow_atomic: true,
    republish: {src: 'cim.test-leaf.events.>', dest: 'cim.test-leaf.live.events.>'},
    metadata: {'cim-store-id': server.storeId},
  });
});

test('nothing is deleted or purged, not even by the agent', async () => {
  const events = [labelledEnvelope(server.leafId, 'p', 'x')];
  const opened = store();
  const {sequence} = await opened.open(signal);
  await opened.append(events, {expectedSequence: sequence, epoch: 1, signal});
  await expect(call(`STREAM.PURGE.${STREAM}`, {})).rejects.toSatisfy(code('store-failed'));
  await expect(call(`STREAM.MSG.DELETE.${STREAM}`, {seq: 1})).rejects.toSatisfy(
    code('store-failed'),
  );
  expect(await opened.lastSequence(signal)).toBe(sequence + 1);
});

test('another store with the same leaf id is told apart', async () => {
  await store().open(signal);
  const stranger = store('11111111-2222-4333-8444-555555555555').open(signal);
  await expect(stranger).rejects.toThrow(server.storeId);
});

test('a setting that is not as it must be is named', async () => {
  await store().open(signal);
  const {config} = await streamInfo(link, STREAM, signal);
  await call(`STREAM.UPDATE.${STREAM}`, {...config, discard: 'old'});
  await expect(store().open(signal)).rejects.toThrow('discard is "old", not "new"');
  await call(`STREAM.UPDATE.${STREAM}`, config);
  await store().open(signal);
});

test('an event too large for the server is refused before it is sent', async () => {
  const opened = store();
  const {sequence} = await opened.open(signal);
  const huge = labelledEnvelope(server.leafId, 'p', 'x'.repeat(2 ** 20));
  const late = opened.append([huge], {expectedSequence: sequence, epoch: 1, signal});
  await expect(late).rejects.toSatisfy(code('store-failed'));
  expect(link.status().kind).toBe('live');
});

test('without a stream an append fails, and a closed connection ends everything', async () => {
  const opened = store();
  const {sequence} = await opened.open(signal);
  const events = [labelledEnvelope(server.leafId, 'p', 'x')];
  await call(`STREAM.DELETE.${STREAM}`, {});
  const options = {expectedSequence: sequence, epoch: 1, signal};
  await expect(opened.append(events, options)).rejects.toSatisfy(code('store-failed'));
  await link.connection.close();
  await expect(opened.append(events, options)).rejects.toSatisfy(code('nats-failed'));
});
