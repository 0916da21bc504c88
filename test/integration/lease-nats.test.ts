import {setTimeout as pause} from 'node:timers/promises';

import {afterAll, beforeAll, expect, test} from 'vitest';

import {LEASE_RENEW_MS} from '#contracts/lease.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createJetStreamEventStore} from '#drivers/nats/event-store.ts';
import {createNatsLease} from '#drivers/nats/lease.ts';
import {createLeaseBucket} from '#drivers/nats/lease-bucket.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';
import {startTestServer, type TestServer} from '#test/support/nats.ts';
import {silentLog} from '#test/support/silent-log.ts';

const ASK_EVERY_MS = 100;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function createAgent() {
  const link = await server.connectAgent();
  const clock = createMemoryClock();
  const {leafId} = server;
  return {link, clock, lease: createNatsLease({link, leafId, clock, log: silentLog})};
}

test('a server that comes back has forgotten the lease: its holder takes it again', async () => {
  const [anna, bert] = [await createAgent(), await createAgent()];
  const reasons: string[] = [];
  const held = await anna.lease.acquire('anna', (reason) => reasons.push(reason));
  const signal = AbortSignal.timeout(20_000);
  await server.kill();
  await anna.link.untilLive(signal);
  await bert.link.untilLive(signal);
  await anna.clock.turn(LEASE_RENEW_MS);
  const bucket = createLeaseBucket(bert.link, server.leafId);
  await bucket.ensure();
  while ((await bucket.read())?.holder !== 'anna') {
    await pause(ASK_EVERY_MS, undefined, {signal});
  }
  expect(await bert.lease.acquire('bert', () => undefined)).toBeUndefined();
  expect(reasons).toEqual([]);
  await held?.release();
});

test('the epoch rises over a server that forgot it, by what the last writer left', async () => {
  const {leafId, storeId} = server;
  const anna = await createAgent();
  const held = await anna.lease.acquire('anna', () => undefined);
  const epoch = held?.epoch ?? 0;
  const signal = AbortSignal.timeout(20_000);
  const store = createJetStreamEventStore({link: anna.link, leafId, storeId, maxBytes: 2 ** 24});
  const {sequence} = await store.open(signal);
  await store.append([labelledEnvelope(leafId, 'p', 'x')], {
    expectedSequence: sequence,
    epoch,
    signal,
  });
  await server.kill();
  const bert = await createAgent();
  const next = await bert.lease.acquire('bert', () => undefined);
  expect(next?.epoch).toBeGreaterThan(epoch);
  await next?.release();
  await held?.release();
});
