import {randomInt} from 'node:crypto';
import {setTimeout as pause} from 'node:timers/promises';

import {afterAll, beforeAll, expect, test} from 'vitest';

import type {StoredMessage} from '#domain/message.ts';
import {createJetStreamEventReader} from '#drivers/nats/event-reader.ts';
import {createJetStreamEventStore} from '#drivers/nats/event-store.ts';
import {collect} from '#test/support/collect.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';
import {startTestServer, type TestServer} from '#test/support/nats.ts';

const KILLS = 5;
const LIMIT_MS = 60_000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const idOf = (message: StoredMessage): string =>
  message.kind === 'event' ? message.event.id : message.kind;

/** Appends alone and in batches until told to stop; keeps the ids in the order acknowledged. */
async function appendUntil(signal: AbortSignal, acknowledged: string[]): Promise<void> {
  const {leafId, storeId} = server;
  const link = await server.connectAgent();
  const store = createJetStreamEventStore({link, leafId, storeId, maxBytes: 2 ** 28});
  const limit = AbortSignal.timeout(LIMIT_MS);
  let {sequence} = await store.open(limit);
  while (!signal.aborted) {
    const count = randomInt(3) === 0 ? randomInt(2, 40) : 1;
    const events = Array.from({length: count}, (_, index) =>
      labelledEnvelope(leafId, `usb-${index}`, 'storm'),
    );
    const result = await store.append(events, {
      expectedSequence: sequence,
      epoch: 1,
      signal: limit,
    });
    expect(result).toEqual({kind: 'appended', first: sequence + 1, last: sequence + count});
    sequence += count;
    acknowledged.push(...events.map(({id}) => id));
  }
}

test('a server killed in a storm of appends loses nothing, doubles nothing, and is followed on', async () => {
  const {leafId, storeId} = server;
  const signal = AbortSignal.timeout(LIMIT_MS);
  const stop = new AbortController();
  let isWritten = false;
  const ended = new AbortController();
  const acknowledged: string[] = [];
  const writing = appendUntil(stop.signal, acknowledged);
  const followed: string[] = [];
  const link = await server.connectConsole('anna');
  const reader = createJetStreamEventReader({link, leafId});
  const following = (async () => {
    for await (const message of reader.follow({from: 1, signal: ended.signal})) {
      expect(message.sequence).toBe(followed.push(idOf(message)));
      if (isWritten && followed.length === acknowledged.length) {
        break;
      }
    }
  })();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = acknowledged.length;
    while (acknowledged.length < before + 50) {
      await pause(randomInt(5, 30), undefined, {signal});
    }
    await server.kill();
  }
  stop.abort();
  await writing;
  isWritten = true;
  const agent = await server.connectAgent();
  const store = createJetStreamEventStore({link: agent, leafId, storeId, maxBytes: 2 ** 28});
  await store.open(signal);
  const stored = await collect(store.readAll({from: 1, signal}));
  expect(stored.map(idOf)).toEqual(acknowledged);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  if (followed.length < acknowledged.length) {
    await following;
  }
  ended.abort();
  await following;
  expect(followed).toEqual(acknowledged);
});
