import {describe, expect, it} from 'vitest';

import type {EventStore} from '#contracts/event-store.ts';
import type {Fact} from '#domain/catalogue.ts';
import type {Envelope} from '#domain/envelope.ts';
import {createMessageReader, type StoredMessage} from '#domain/message.ts';
import {olderForm} from '#domain/upcast.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createMemoryEventStore} from '#drivers/memory/event-store.ts';
import {createMemoryStream} from '#drivers/memory/event-stream.ts';
import {createMemoryIds} from '#drivers/memory/ids.ts';
import {foldInventory, initialInventory} from '#projections/inventory.ts';
import {type JournalOptions, openJournal} from '#services/journal.ts';
import {socketAdded} from '#test/support/facts.ts';
import {MADE_UP_UPCASTERS} from '#test/support/made-up-versions.ts';
import {silentLog} from '#test/support/silent-log.ts';

const SIGNAL = new AbortController().signal;
const decoder = new TextDecoder();
const STORE_ID = '0b0e7c1e-5f0a-4f0c-9a70-8a2f0f5b7f10';

async function openSmallJournal(maxBytes?: number) {
  const stream = createMemoryStream({storeId: STORE_ID, maxBytes});
  const store = createMemoryEventStore({leafId: 'l', stream});
  await store.open(SIGNAL);
  const batches: number[] = [];
  const counted: EventStore = {
    ...store,
    append(events, options) {
      batches.push(events.length);
      return store.append(events, options);
    },
  };
  const applied: StoredMessage[] = [];
  const journal = await openJournal({
    leafId: 'l',
    bootId: null,
    epoch: 1,
    store: counted,
    clock: createMemoryClock(),
    ids: createMemoryIds(),
    log: silentLog,
    signal: SIGNAL,
    onApplied: (message) => void applied.push(message),
  });
  return {journal, stream, batches, applied};
}

/** Adds a port unless it is there: what is decided depends on what was decided before. */
const addOnce = (id: string) => (inventory: {readonly ports: Readonly<Record<string, unknown>>}) =>
  inventory.ports[id] === undefined ? [socketAdded(id)] : ({refused: 'nothing-to-change'} as const);

describe('the journal', () => {
  it('stores what is decided at the same moment as one batch, in order', async () => {
    const {journal, batches} = await openSmallJournal();
    const outcomes = await Promise.all(
      ['a', 'b', 'c'].map((id) => journal.submit(addOnce(id), {})),
    );
    expect(batches).toEqual([3]);
    expect(outcomes.map((outcome) => outcome.kind === 'stored' && outcome.sequence)).toEqual([
      1, 2, 3,
    ]);
  });

  it('decides each on the state the ones before it will have made', async () => {
    const {journal} = await openSmallJournal();
    const outcomes = await Promise.all([
      journal.submit(addOnce('a'), {}),
      journal.submit(addOnce('a'), {}),
    ]);
    expect(outcomes.map(({kind}) => kind)).toEqual(['stored', 'refused']);
  });

  it('decides again on what another writer stored', async () => {
    const {journal, stream, applied} = await openSmallJournal();
    const other = await openOn(stream);
    await other.submit(addOnce('a'), {});
    const outcome = await journal.submit(addOnce('a'), {});
    expect(outcome).toMatchObject({kind: 'refused', refused: 'nothing-to-change'});
    expect(applied).toHaveLength(1);
  });

  it('refuses when the store is full, and stores nothing', async () => {
    const {journal, stream} = await openSmallJournal(100);
    const outcome = await journal.submit(addOnce('a'), {});
    expect(outcome).toMatchObject({kind: 'refused', refused: 'store-full'});
    expect(stream.lastSequence()).toBe(0);
  });

  it("gives a root event three equal ids, and a command's event the command's", async () => {
    const {journal, applied} = await openSmallJournal();
    await journal.submit(addOnce('a'), {});
    await journal.submit(addOnce('b'), {correlationid: 'c', causationid: 'c', actor: 'anna'});
    const [root, caused] = applied.map((message) => message.kind === 'event' && message.event);
    const rootId = root === false ? undefined : root?.id;
    expect(root).toMatchObject({correlationid: rootId, causationid: rootId});
    expect(caused).toMatchObject({correlationid: 'c', causationid: 'c', actor: 'anna'});
  });

  it('stores nothing that its own schema refuses', async () => {
    const {journal, stream} = await openSmallJournal();
    const broken = {...socketAdded('a'), data: {position: ''}} as unknown as Fact;
    await expect(journal.submit(() => [broken], {})).rejects.toThrow('store cim.port.added.v1');
    expect(stream.lastSequence()).toBe(0);
    expect(await journal.submit(addOnce('b'), {})).toMatchObject({kind: 'stored', sequence: 1});
  });

  it('never splits a decision over two batches', async () => {
    const {journal, batches} = await openSmallJournal();
    const many = (prefix: string): readonly Fact[] =>
      Array.from({length: 300}, (_, index) => socketAdded(`${prefix}-${index}`));
    await Promise.all([journal.submit(() => many('a'), {}), journal.submit(() => many('b'), {})]);
    expect(batches).toEqual([300, 300]);
  });

  it('stores a decision that no batch can hold in several', async () => {
    const {journal, batches, applied} = await openSmallJournal();
    const many = Array.from({length: 1201}, (_, index) => socketAdded(`a-${index}`));
    const outcomes = await Promise.all([
      journal.submit(() => many, {}),
      journal.submit(addOnce('b'), {}),
    ]);
    expect(batches).toEqual([500, 500, 201, 1]);
    expect(outcomes).toMatchObject([{kind: 'stored', sequence: 1201}, {sequence: 1202}]);
    expect(applied.map(({sequence}) => sequence)).toEqual(
      Array.from({length: 1202}, (_, index) => index + 1),
    );
  });

  it('lets one decision fail alone', async () => {
    const {journal} = await openSmallJournal();
    const outcomes = await Promise.allSettled([
      journal.submit(() => {
        throw new TypeError('broken');
      }, {}),
      journal.submit(addOnce('b'), {}),
    ]);
    expect(outcomes).toMatchObject([{status: 'rejected'}, {status: 'fulfilled'}]);
  });

  it('tells whoever asked when a listener throws, and goes on', async () => {
    let isBroken = true;
    const journal = await openOn(createMemoryStream({storeId: STORE_ID}), {
      ids: createMemoryIds(),
      onApplied() {
        if (isBroken) throw new TypeError('broken');
      },
    });
    await expect(journal.submit(addOnce('a'), {})).rejects.toThrow('broken');
    isBroken = false;
    expect(await journal.submit(addOnce('b'), {})).toMatchObject({kind: 'stored', sequence: 2});
  });
});

describe('while a release that may be gone back to reads older versions only', () => {
  const OLD: ReadonlySet<string> = new Set(['cim.port.added.v1', 'cim.port.labelled.v0']);
  const labelled = (label: string): Fact => ({
    type: 'cim.port.labelled.v1',
    subject: 'a',
    data: {label, before: {label: null}},
  });

  it('those are written, and replayed as what was decided on', async () => {
    const stream = createMemoryStream({storeId: STORE_ID});
    const writtenForm = (event: Envelope) => olderForm(event, OLD, MADE_UP_UPCASTERS);
    const journal = await openOn(stream, {ids: createMemoryIds(), writtenForm});
    await journal.submit(addOnce('a'), {});
    await journal.submit(() => [labelled('A')], {});
    await journal.submit(() => [labelled('')], {}); // cannot be said in the old version
    const read = createMessageReader(MADE_UP_UPCASTERS);
    const messages = [1, 2, 3].map((sequence) => {
      const {subject = '', body, headers} = stream.at(sequence) ?? {};
      return {type: headers?.['Cim-Type'], message: read(sequence, subject, decoder.decode(body))};
    });
    expect(messages.map(({type}) => type)).toEqual([
      'cim.port.added.v1',
      'cim.port.labelled.v0',
      'cim.port.labelled.v1',
    ]);
    const replayed = foldInventory(
      initialInventory,
      messages.map(({message}) => message),
    );
    expect(replayed).toEqual(journal.inventory());
  });
});

async function openOn(
  stream: ReturnType<typeof createMemoryStream>,
  options: Partial<JournalOptions> = {},
) {
  const store = createMemoryEventStore({leafId: 'l', stream});
  await store.open(SIGNAL);
  return openJournal({
    leafId: 'l',
    bootId: null,
    epoch: 2,
    store,
    clock: createMemoryClock(),
    ids: {...createMemoryIds(), messageId: () => createMemoryIds().messageId()},
    log: silentLog,
    signal: SIGNAL,
    onApplied: () => undefined,
    ...options,
  });
}
