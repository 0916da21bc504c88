import fc from 'fast-check';
import {describe, expect, it} from 'vitest';

import type {StoredMessage} from '#domain/message.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {
  evolveInventory,
  foldInventory,
  INVENTORY_VERSION,
  initialInventory,
  isInventory,
  PROJECTION_NAMES,
} from '#projections/inventory.ts';
import {arbitraryHistory} from '#test/support/arbitrary-history.ts';
import {adapterAdded, recordedFact, socketAdded} from '#test/support/facts.ts';

const codec = createCodec();

const oneByOne = (messages: readonly StoredMessage[]) => {
  let inventory = initialInventory;
  for (const message of messages) inventory = evolveInventory(inventory, message);
  return inventory;
};

describe('the inventory', () => {
  it('is the same from event 1 on, live, and from a snapshot with its tail', () => {
    fc.assert(
      fc.property(arbitraryHistory, fc.nat(), (messages, place) => {
        const cut = messages.length === 0 ? 0 : place % (messages.length + 1);
        const live = oneByOne(messages);
        const early = foldInventory(initialInventory, messages.slice(0, cut));
        const snapshot = codec.unpack(codec.pack(early));
        if (!isInventory(snapshot, INVENTORY_VERSION)) throw new TypeError('no inventory');
        const late = foldInventory(snapshot, messages.slice(cut));
        for (const name of PROJECTION_NAMES) {
          expect(late[name], name).toEqual(live[name]);
        }
        expect(late).toEqual(live);
        expect(foldInventory(initialInventory, messages)).toEqual(live);
      }),
    );
  });

  it('leaves what it was given as it is, also while it folds', () => {
    fc.assert(
      fc.property(arbitraryHistory, arbitraryHistory, (messages, more) => {
        const before = foldInventory(initialInventory, messages);
        const copy = structuredClone(before);
        foldInventory(before, more);
        oneByOne(more);
        expect(before).toEqual(copy);
      }),
    );
  });

  it('knows the latest time of any clock that was not unsynced', () => {
    fc.assert(
      fc.property(arbitraryHistory, (messages) => {
        const times = messages.flatMap((message) => {
          const envelope = message.kind === 'event' ? message.event : undefined;
          const known = message.kind === 'newer' ? message.envelope : envelope;
          return known === undefined || known.clock === 'unsynced' ? [] : known.time;
        });
        expect(oneByOne(messages).latest).toBe(times.toSorted().at(-1) ?? null);
      }),
    );
  });

  it('stops a projection that throws at its event, and no other', () => {
    const broken = recordedFact(3, adapterAdded('d-aaaaaaaaaa', 'usb-1'));
    const inventory = foldInventory(initialInventory, [
      {kind: 'event', ...recordedFact(1, socketAdded('usb-1'))},
      {kind: 'event', ...recordedFact(2, socketAdded('usb-2'))},
      // A mistake of ours: the schema let through what evolve cannot bear.
      {kind: 'event', sequence: 3, event: {...broken.event, data: null} as never},
      {kind: 'event', ...recordedFact(4, socketAdded('usb-3'))},
      {
        kind: 'event',
        ...recordedFact(5, {
          type: 'cim.leaf.labelled.v1',
          subject: 'l',
          data: {label: 'B', before: {label: null}},
        }),
      },
    ]);
    expect(Object.keys(inventory.stopped).toSorted()).toEqual(['devices', 'ports']);
    expect(inventory.stopped.ports).toMatchObject({sequence: 3});
    expect(Object.keys(inventory.ports)).toEqual(['usb-1', 'usb-2']);
    expect(inventory.leaf.label).toBe('B');
    expect(inventory.sequence).toBe(5);
  });
});
