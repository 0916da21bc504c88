import {afterEach, beforeEach, expect, test} from 'vitest';

import type {EventReader, EventStore} from '#contracts/event-store.ts';
import type {Envelope} from '#domain/envelope.ts';
import {isCimError} from '#domain/errors.ts';
import {collect, take} from '#test/support/collect.ts';
import {digestVectors} from '#test/support/digest-vectors.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';
import {verifyLines} from './event-store-verify.ts';

/** A stream of one leaf, and everything that can be done to it. */
export interface EventStoreHarness {
  /** Another agent's store on the same stream, not opened yet. */
  createStore(): EventStore;
  createReader(): EventReader;
  /** A message that no build of ours has written; `previous` is its `Cim-Prev`. */
  putRaw(subject: string, body: string, messageId?: string, previous?: string): Promise<void>;
  stop(): Promise<void>;
}

export interface HarnessOptions {
  readonly leafId: string;
  readonly storeId: string;
  readonly maxBytes?: number | undefined;
}

export type StartHarness = (options: HarnessOptions) => Promise<EventStoreHarness>;

const {leafId, storeId} = digestVectors;
const PLENTY = 10_000;

/** What every event store keeps. */
export function eventStoreSuite(driver: DriverOf<'event-store'>, start: StartHarness): void {
  describeContract({contract: 'event-store', driver}, () => {
    let harness: EventStoreHarness;
    let store: EventStore;
    let signal: AbortSignal;
    const event = (label: string, portId = 'usb-1-3') => labelledEnvelope(leafId, portId, label);
    const append = (events: readonly Envelope[], expectedSequence: number, epoch = 1) =>
      store.append(events, {expectedSequence, epoch, signal});
    const sequences = async (reader: EventReader, from = 1) =>
      (await collect(reader.readAll({from, signal}))).map(({sequence}) => sequence);

    beforeEach(async () => {
      signal = AbortSignal.timeout(PLENTY);
      harness = await start({leafId, storeId});
      store = harness.createStore();
    });
    afterEach(() => harness.stop());

    verifyLines({leafId, storeId}, () => ({harness, store, signal}));

    test('an empty store stands at 0, with the digest of its id', async () => {
      const [seed] = digestVectors.digests;
      expect(await store.open(signal)).toEqual({sequence: 0, digest: seed});
      expect(await store.lastSequence(signal)).toBe(0);
      expect(await sequences(store)).toEqual([]);
    });

    test('gives back what was appended, alone and in batches', async () => {
      await store.open(signal);
      const events = ['a', 'b', 'c', 'd'].map((label) => event(label));
      expect(await append(events.slice(0, 1), 0)).toEqual({kind: 'appended', first: 1, last: 1});
      expect(await append(events.slice(1), 1)).toEqual({kind: 'appended', first: 2, last: 4});
      const read = await collect(harness.createReader().readAll({from: 1, signal}));
      expect(read).toEqual(
        events.map((one, index) => ({kind: 'event', sequence: index + 1, event: one})),
      );
      expect(await store.lastSequence(signal)).toBe(4);
      expect(await sequences(store, 3)).toEqual([3, 4]);
      expect(await sequences(store, 5)).toEqual([]);
    });

    test('takes a thousand events at once, and no more', async () => {
      await store.open(signal);
      const events = Array.from({length: 1000}, (_, index) => event(`label ${index}`));
      expect(await append(events, 0)).toEqual({kind: 'appended', first: 1, last: 1000});
      expect(await sequences(store)).toHaveLength(1000);
      await expect(append([...events, event('x')], 1000)).rejects.toThrow(TypeError);
      await expect(append([], 1000)).rejects.toThrow(TypeError);
    });

    test('stores nothing behind a lost fence', async () => {
      await store.open(signal);
      await append([event('a'), event('b')], 0);
      expect(await append([event('c')], 1)).toEqual({kind: 'fence-lost', actual: 2});
      expect(await append([event('c'), event('d')], 0)).toEqual({kind: 'fence-lost', actual: 2});
      expect(await store.lastSequence(signal)).toBe(2);
    });

    test.each([1, 3])('of two writers one wins, with %i events', async (count) => {
      await store.open(signal);
      const other = harness.createStore();
      await other.open(signal);
      await append([event('a'), event('b')], 0);
      const late = Array.from({length: count}, (_, index) => event(`late ${index}`));
      const options = {epoch: 1, signal};
      const lost = await other.append(late, {expectedSequence: 0, ...options});
      expect(lost).toEqual({kind: 'fence-lost', actual: 2});
      const won = await other.append(late, {expectedSequence: 2, ...options});
      expect(won).toEqual({kind: 'appended', first: 3, last: 2 + count});
      const fresh = await harness.createStore().open(signal);
      expect(await other.open(signal)).toEqual(fresh);
      expect(fresh.sequence).toBe(2 + count);
    });

    test('turns away a writer of an older epoch', async () => {
      await store.open(signal);
      const other = harness.createStore();
      await other.open(signal);
      await append([event('a')], 0, 7);
      const late = other.append([event('b')], {expectedSequence: 1, epoch: 6, signal});
      await expect(late).rejects.toSatisfy((error) => isCimError(error, 'lease-lost'));
      expect(await store.lastSequence(signal)).toBe(1);
    });

    test.each([1, 2])('stores an id only once, with %i events', async (count) => {
      await store.open(signal);
      const events = Array.from({length: count}, (_, index) => event(`label ${index}`));
      await append(events, 0);
      await expect(append(events, count)).rejects.toSatisfy((error) =>
        isCimError(error, 'store-failed'),
      );
      expect(await store.lastSequence(signal)).toBe(count);
    });

    test('reads one aggregate alone', async () => {
      await store.open(signal);
      const events = ['usb-1', 'usb-1-3', 'usb-1', 'usb-1'].map((id) => event('x', id));
      await append(events, 0);
      await append([event('y', 'usb-1-3')], 4);
      const read = async (id: string) =>
        (await collect(store.readAggregate('port', id, signal))).map(({sequence}) => sequence);
      expect(await read('usb-1')).toEqual([1, 3, 4]);
      expect(await read('usb-1-3')).toEqual([2, 5]);
      expect(await read('usb')).toEqual([]);
      expect(await collect(store.readAggregate('role', 'usb-1', signal))).toEqual([]);
    });

    test('gives one message by its sequence, and the newest of an aggregate', async () => {
      await store.open(signal);
      const reader = harness.createReader();
      expect(await reader.read(1, signal)).toBeUndefined();
      expect(await reader.readNewest('port', 'usb-1', signal)).toBeUndefined();
      const events = [event('a', 'usb-1'), event('x', 'usb-1-3'), event('b', 'usb-1')];
      await append(events, 0);
      await harness.putRaw(`cim.${leafId}.events.port.usb-1-3.labelled`, '{');
      for (const each of [store, reader]) {
        expect(await each.read(2, signal)).toEqual({kind: 'event', sequence: 2, event: events[1]});
        expect(await each.read(4, signal)).toMatchObject({kind: 'unreadable', sequence: 4});
        expect(await each.read(5, signal)).toBeUndefined();
        expect(await each.readNewest('port', 'usb-1', signal)).toMatchObject({sequence: 3});
        expect(await each.readNewest('port', 'usb-1-3', signal)).toMatchObject({
          kind: 'unreadable',
          sequence: 4,
        });
        expect(await each.readNewest('role', 'usb-1', signal)).toBeUndefined();
      }
    });

    test('follows from a sequence on, past the present end', async () => {
      await store.open(signal);
      await append([event('a'), event('b')], 0);
      const followed = take(harness.createReader().follow({from: 2, signal}), 3);
      await append([event('c')], 2);
      await append([event('d'), event('e')], 3);
      expect((await followed).map(({sequence}) => sequence)).toEqual([2, 3, 4]);
    });

    test('ends following when aborted, also while it waits', async () => {
      await store.open(signal);
      await append([event('a')], 0);
      const stop = new AbortController();
      const followed: number[] = [];
      for await (const {sequence} of store.follow({from: 1, signal: stop.signal})) {
        followed.push(sequence);
        queueMicrotask(() => stop.abort());
      }
      expect(followed).toEqual([1]);
      expect(await collect(store.follow({from: 1, signal: stop.signal}))).toEqual([]);
    });

    test('keeps what it cannot read, and counts it in the chain', async () => {
      for (const {subject, body, messageId} of digestVectors.messages) {
        await harness.putRaw(subject, body, messageId === '' ? undefined : messageId);
      }
      expect(await store.open(signal)).toEqual({
        sequence: digestVectors.messages.length,
        digest: digestVectors.digests.at(-1),
      });
      const read = await collect(store.readAll({from: 1, signal}));
      expect(read.map(({kind}) => kind)).toEqual(read.map(() => 'unreadable'));
      expect(await append([event('a')], read.length)).toMatchObject({kind: 'appended', first: 6});
    });

    test('marks an event of a newer version as such', async () => {
      const newer = {...event('a'), type: 'cim.port.labelled.v9', data: {labels: ['a']}};
      const subject = `cim.${leafId}.events.port.usb-1-3.labelled`;
      await harness.putRaw(subject, JSON.stringify(newer), newer.id);
      await store.open(signal);
      expect(await collect(store.readAll({from: 1, signal}))).toEqual([
        {kind: 'newer', sequence: 1, aggregate: 'port', id: 'usb-1-3', envelope: newer},
      ]);
    });

    test('the digest after each message is as another language computed it', async () => {
      for (const [index, {subject, body, messageId}] of digestVectors.messages.entries()) {
        expect((await store.open(signal)).digest).toBe(digestVectors.digests[index]);
        await harness.putRaw(subject, body, messageId === '' ? undefined : messageId);
      }
      expect((await store.open(signal)).digest).toBe(digestVectors.digests.at(-1));
    });

    test('gives up an append whose signal is aborted', async () => {
      await store.open(signal);
      const late = store.append([event('a')], {
        expectedSequence: 0,
        epoch: 1,
        signal: AbortSignal.abort(),
      });
      await expect(late).rejects.toSatisfy((error) => isCimError(error, 'time-is-up'));
    });

    test('refuses to append before it was opened', async () => {
      await expect(append([event('a')], 0)).rejects.toThrow(TypeError);
    });

    test('a full store takes nothing more, neither alone nor in batches', async () => {
      await harness.stop();
      harness = await start({leafId, storeId, maxBytes: 20_000});
      store = harness.createStore();
      await store.open(signal);
      let last = 0;
      let result = await append([event('x'.repeat(4000))], last);
      while (result.kind === 'appended') {
        last = result.last;
        result = await append([event('x'.repeat(4000))], last);
      }
      expect(result).toEqual({kind: 'store-full'});
      const batch = Array.from({length: 3}, () => event('x'.repeat(4000)));
      expect(await append(batch, last)).toEqual({kind: 'store-full'});
      expect(await store.lastSequence(signal)).toBe(last);
      expect(last).toBeGreaterThan(1);
    });
  });
}
