import {afterAll, beforeAll, expect, test} from 'vitest';

import type {EventStore} from '#contracts/event-store.ts';
import {createJetStreamEventStore} from '#drivers/nats/event-store.ts';
import type {NatsLink} from '#drivers/nats/link.ts';
import {createNatsSnapshots} from '#drivers/nats/snapshots.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {foldInventory, type Inventory, initialInventory} from '#projections/inventory.ts';
import type {JournalOptions} from '#services/journal.ts';
import {createPast} from '#services/past.ts';
import {keepSnapshot, newestSnapshot, SNAPSHOT_EVERY} from '#services/snapshots.ts';
import {longHistory} from '#test/support/long-history.ts';
import {startTestServer, type TestServer} from '#test/support/nats.ts';
import {openJournalOn} from '#test/support/open-journal.ts';
import {silentLog} from '#test/support/silent-log.ts';

const EVENTS = 2 * SNAPSHOT_EVERY + 1500;
const SIGNAL = AbortSignal.timeout(110_000);

let server: TestServer;
let whole: Inventory;

/** What one agent's life needs of the outside. */
async function newAgent() {
  const link: NatsLink = await server.connectAgent();
  const {leafId, storeId} = server;
  const store = createJetStreamEventStore({link, leafId, storeId, maxBytes: 2 ** 30});
  const keeping = {
    snapshots: createNatsSnapshots({link, leafId}),
    codec: createCodec(),
    log: silentLog,
  };
  const head = await store.open(SIGNAL);
  return {link, store, keeping, head};
}

const openOn = (
  store: EventStore,
  from: Inventory | undefined,
  onKept: JournalOptions['onMilestone'],
) => openJournalOn(store, {leafId: server.leafId, signal: SIGNAL, from, onMilestone: onKept});

beforeAll(async () => {
  server = await startTestServer();
  const {store} = await newAgent();
  let expectedSequence = 0;
  whole = initialInventory;
  for (const batch of longHistory(server.leafId, EVENTS)) {
    await store.append(batch, {expectedSequence, epoch: 1, signal: SIGNAL});
    const messages = batch.map((event, index) => ({
      kind: 'event' as const,
      sequence: expectedSequence + index + 1,
      event: event as never,
    }));
    whole = foldInventory(whole, messages);
    expectedSequence += batch.length;
  }
}, 120_000);
afterAll(() => server.stop());

test('an agent that finds no kept state reads everything, and keeps states on its way', async () => {
  const {store, keeping, head} = await newAgent();
  expect(head.sequence).toBe(EVENTS);
  expect(await newestSnapshot(keeping, head.sequence)).toBeUndefined();
  const journal = await openOn(store, undefined, (at) => keepSnapshot(keeping, at));
  expect(journal.inventory()).toEqual(whole);
  const kept = await keeping.snapshots.list();
  expect(kept.map(({sequence}) => sequence)).toEqual([SNAPSHOT_EVERY, 2 * SNAPSHOT_EVERY]);
});

test('the next one reads no more than what is behind the newest', async () => {
  const {store, keeping, head} = await newAgent();
  const read: number[] = [];
  const counting: EventStore = {
    ...store,
    async *readPortions(options) {
      for await (const portion of store.readPortions(options)) {
        read.push(...portion.map(({sequence}) => sequence));
        yield portion;
      }
    },
  };
  const journal = await openOn(counting, await newestSnapshot(keeping, head.sequence), async () => {
    throw new Error('nothing is to be kept');
  });
  expect(journal.inventory()).toEqual(whole);
  expect(read.at(0)).toBe(2 * SNAPSHOT_EVERY + 1);
  expect(read).toHaveLength(1500);
});

test('goes on in the digest chain where the last one ended, and writes behind it', async () => {
  const {store, head} = await newAgent();
  const other = await newAgent();
  expect(other.head).toEqual(head);
  const [batch = []] = longHistory(server.leafId, 3);
  const options = {epoch: 1, signal: SIGNAL};
  const {sequence} = head;
  await store.append(batch, {...options, expectedSequence: sequence});
  const third = await newAgent();
  expect(third.head.sequence).toBe(sequence + 3);
  // The second one follows from the header; it comes to the same.
  await other.store.append(
    batch.map((event) => ({...event, id: `${event.id}x`})),
    {
      ...options,
      expectedSequence: sequence + 3,
    },
  );
  expect((await newAgent()).head.sequence).toBe(sequence + 6);
});

test('the state of any moment is what the events up to then make', async () => {
  const {store, keeping} = await newAgent();
  const past = createPast({...keeping, store, now: () => whole, signal: SIGNAL});
  const at = async (moment: number | string): Promise<Inventory> => {
    const found = await past.at(moment);
    if ('refused' in found) throw new Error(found.refused);
    return found;
  };
  let expected = initialInventory;
  const places = [1, 777, SNAPSHOT_EVERY, SNAPSHOT_EVERY + 1, 33_333, EVENTS - 1];
  for (const place of places) {
    for await (const portion of store.readPortions({from: expected.sequence + 1, signal: SIGNAL})) {
      const wanted = portion.filter(({sequence}) => sequence <= place);
      expected = foldInventory(expected, wanted);
      if (wanted.length < portion.length) break;
    }
    expect(await at(place)).toEqual(expected);
    // An event each ten seconds: its own time leads to it.
    expect((await at(expected.latest ?? '')).sequence).toBe(place);
  }
});
