import fc from 'fast-check';
import {describe, expect, it} from 'vitest';

import type {StoredMessage} from '#domain/message.ts';
import {createMemorySnapshots} from '#drivers/memory/snapshots.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {foldInventory, initialInventory} from '#projections/inventory.ts';
import {createPast, type Moment} from '#services/past.ts';
import {keepSnapshot} from '#services/snapshots.ts';
import {arbitraryHistoryOf} from '#test/support/arbitrary-history.ts';
import {silentLog} from '#test/support/silent-log.ts';

const SIGNAL = new AbortController().signal;

/** Portions as a server gives them: of any size. */
const readerOf = (messages: readonly StoredMessage[], size: number) => ({
  async *readPortions({from}: {readonly from: number}) {
    for (let next = from - 1; next < messages.length; next += size) {
      yield messages.slice(next, next + size);
    }
  },
});

async function pastOf(
  messages: readonly StoredMessage[],
  kept: readonly number[],
  {size = 7, step = 5} = {},
) {
  const options = {snapshots: createMemorySnapshots(), codec: createCodec(), log: silentLog};
  for (const sequence of kept) {
    await keepSnapshot(options, foldInventory(initialInventory, messages.slice(0, sequence)));
  }
  const now = foldInventory(initialInventory, messages);
  return createPast({
    ...options,
    store: readerOf(messages, size),
    now: () => now,
    signal: SIGNAL,
    step,
  });
}

const timeOf = (message: StoredMessage): {time: string; clock?: string | undefined} | undefined =>
  message.kind === 'event'
    ? message.event
    : message.kind === 'newer'
      ? message.envelope
      : undefined;

/** WIRE.md: the last sequence before the first event later than T whose clock is not unsynced. */
function placeOf(messages: readonly StoredMessage[], moment: Moment): number {
  if (typeof moment === 'number') return moment;
  const later = messages.findIndex((message) => {
    const told = timeOf(message);
    return told !== undefined && told.clock !== 'unsynced' && told.time > moment;
  });
  return later < 0 ? messages.length : later;
}

const minutes = fc
  .integer({min: 0, max: 59})
  .map((minute) => `2026-11-22T16:${String(minute).padStart(2, '0')}:00.000Z`);

describe('the past', () => {
  it('is what the events up to then make, wherever states are kept and however it is asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryHistoryOf(1),
        fc.array(fc.nat(), {maxLength: 4}),
        fc.array(fc.oneof(fc.nat(), minutes), {minLength: 1, maxLength: 6}),
        fc.record({size: fc.integer({min: 1, max: 70}), step: fc.integer({min: 1, max: 20})}),
        async (messages, places, moments, sizes) => {
          const kept = places.map((place) => 1 + (place % messages.length));
          const past = await pastOf(messages, kept, sizes);
          for (const asked of moments) {
            const moment = typeof asked === 'number' ? 1 + (asked % messages.length) : asked;
            const place = placeOf(messages, moment);
            const found = await past.at(moment);
            if (place === 0) {
              expect(found).toMatchObject({refused: 'before-first-event'});
            } else {
              expect(found).toEqual(foldInventory(initialInventory, messages.slice(0, place)));
            }
          }
        },
      ),
    );
  });

  it('has no event that has not been', async () => {
    const [messages = []] = fc.sample(arbitraryHistoryOf(1), 1);
    const past = await pastOf(messages, []);
    expect(await past.at(messages.length + 1)).toMatchObject({refused: 'no-event'});
  });

  it('is read from the events when a kept state is damaged', async () => {
    const [messages = []] = fc.sample(arbitraryHistoryOf(10), 1);
    const snapshots = createMemorySnapshots();
    const options = {snapshots, codec: createCodec(), log: silentLog};
    await keepSnapshot(options, foldInventory(initialInventory, messages.slice(0, 5)));
    const [info] = await snapshots.list();
    if (info === undefined) throw new TypeError('nothing was kept');
    await snapshots.put(info, new Uint8Array([1, 2, 3]));
    const now = foldInventory(initialInventory, messages);
    const store = readerOf(messages, 3);
    const past = createPast({...options, store, now: () => now, signal: SIGNAL});
    expect(await past.at(8)).toEqual(foldInventory(initialInventory, messages.slice(0, 8)));
  });
});
