import {expect, test} from 'vitest';

import type {EventStore} from '#contracts/event-store.ts';
import {isCimError} from '#domain/errors.ts';
import {eventSubject} from '#domain/message.ts';
import {chainOf, type PlainMessage} from '#test/support/chain.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';

interface Ground {
  readonly harness: {
    putRaw(subject: string, body: string, messageId: string, previous?: string): Promise<void>;
  };
  /** Not opened yet. */
  readonly store: EventStore;
  readonly signal: AbortSignal;
}

/** One message as it was written: with the id and digest in its header. */
type Written = PlainMessage & {readonly head: {readonly 'Nats-Msg-Id': string}};

/** What every event store says of its chain, whole and damaged. */
export function verifyLines(
  {leafId, storeId}: {readonly leafId: string; readonly storeId: string},
  ground: () => Ground,
): void {
  const written = Array.from({length: 6}, (_, index): Written => {
    const event = labelledEnvelope(leafId, 'usb-1-3', `label ${index}`);
    return {
      subject: eventSubject(leafId, event.type, event.subject),
      head: {'Nats-Msg-Id': event.id},
      body: Buffer.from(JSON.stringify(event)),
    };
  });
  const previous = chainOf(storeId, written);
  type Stored = {readonly body: string; readonly previous: string | undefined};
  /** Puts the messages in as they were written, each changed as told. */
  const put = async (change: (stored: Stored, sequence: number) => Stored): Promise<void> => {
    for (const [index, {subject, head, body}] of written.entries()) {
      const whole = {body: body.toString(), previous: previous[index]};
      const stored = change(whole, index + 1);
      await ground().harness.putRaw(subject, stored.body, head['Nats-Msg-Id'], stored.previous);
    }
  };
  const verify = async () => {
    const {store, signal} = ground();
    await store.open(signal);
    const told: (readonly [number, number])[] = [];
    const onProgress = (done: number, total: number) => void told.push([done, total]);
    return {...(await store.verify({signal, onProgress})), told};
  };
  const spoilt = (body: string) => body.replace('label ', 'lable ');

  test('finds nothing wrong in what it has written, and tells how far it is', async () => {
    const {store, signal} = ground();
    await store.open(signal);
    const events = Array.from({length: 900}, (_, at) => labelledEnvelope(leafId, 'p', `${at}`));
    await store.append(events, {expectedSequence: 0, epoch: 1, signal});
    const {told, ...found} = await verify();
    expect(found).toEqual({events: 900, wrong: null});
    expect(told.at(-1)).toEqual([900, 900]);
    expect(told.map(([done]) => done)).toEqual(
      told.map(([done]) => done).toSorted((a, b) => a - b),
    );
    expect(told.length).toBeGreaterThan(2);
  });

  test('an empty store has nothing wrong', async () => {
    expect(await verify()).toMatchObject({events: 0, wrong: null});
  });

  test.each([1, 2, 4, 5])('names message %i whose bytes are not as written', async (bad) => {
    await put((stored, at) => (at === bad ? {...stored, body: spoilt(stored.body)} : stored));
    expect(await verify()).toMatchObject({events: 6, wrong: bad});
  });

  test.each([1, 2, 4, 5])('names message %i whose digest alone is wrong', async (bad) => {
    const wrong = 'f'.repeat(64);
    await put((stored, at) => (at === bad ? {...stored, previous: wrong} : stored));
    expect(await verify()).toMatchObject({events: 6, wrong: bad});
  });

  test('names the first of two', async () => {
    await put((stored, at) => (at === 2 || at === 5 ? {...stored, body: '{}'} : stored));
    expect(await verify()).toMatchObject({wrong: 2});
  });

  test('what bears no digest is held by the next that does', async () => {
    await put((stored, at) => (at === 3 || at === 4 ? {...stored, previous: undefined} : stored));
    expect(await verify()).toMatchObject({events: 6, wrong: null});
  });

  test('what bears no digest, and is damaged, is told as the first that may be', async () => {
    await put((stored, at) => ({
      body: at === 4 ? spoilt(stored.body) : stored.body,
      previous: at === 3 || at === 4 ? undefined : stored.previous,
    }));
    expect(await verify()).toMatchObject({wrong: 2});
  });

  test('gives up when aborted, and lets others work meanwhile', async () => {
    await put((stored) => stored);
    const {store, signal} = ground();
    await store.open(signal);
    const stop = new AbortController();
    const work = store.verify({signal: stop.signal, onProgress: () => stop.abort()});
    await expect(work).rejects.toSatisfy((error) => isCimError(error, 'time-is-up'));
  });
}
