import {describe, expect, it} from 'vitest';

import {PLAIN_NAMES} from '#domain/event/words.ts';
import type {StoredMessage} from '#domain/message.ts';
import {foldInventory, initialInventory} from '#projections/inventory.ts';
import {type KnownLeaf, lastUndoable, undoWords} from '#store/undo-words.ts';
import {sampleMessage, samplePort} from '#test/support/sample-events.ts';

const PORT = samplePort({id: 'usb-1', position: 'p', name: '1-1'});
const selector = {class: null, suffix: null};
const target = {kind: 'port', portId: 'usb-1'};
const by = {actor: 'ben', channel: 'console', ago: 1} as const;

const fact = (type: string, subject: string, data: Readonly<Record<string, unknown>>) =>
  ({type, subject, data, ...by}) as const;

const ADDED = {type: 'cim.port.added.v1', subject: 'usb-1', data: PORT, ago: 9};
const labelled = (before: string | null, label: string | null) =>
  fact('cim.port.labelled.v1', 'usb-1', {label, before: {label: before}});
const BOUND = fact('cim.role.bound.v1', 'scale', {target, selector, before: null});
const UNBOUND = fact('cim.role.unbound.v1', 'scale', {before: {target, selector}});
const FORGOTTEN = fact('cim.port.forgotten.v1', 'usb-1', {before: {...PORT, label: 'USB 1'}});
const REMEMBERED = fact('cim.port.remembered.v1', 'usb-1', {...PORT, label: 'USB 1'});

function fold(...facts: readonly Parameters<typeof sampleMessage>[1][]): KnownLeaf {
  const history = facts.map((item, index) => sampleMessage(index + 1, item));
  return {history, inventory: foldInventory(initialInventory, history)};
}

const wordsOf = (known: KnownLeaf, sequence: number): ReturnType<typeof undoWords> => {
  const message = known.history[sequence - 1];
  if (message === undefined) {
    throw new TypeError(`no message ${sequence}`);
  }
  return undoWords(message, known, PLAIN_NAMES);
};

describe('what U would do', () => {
  it.each([
    ['a label', [ADDED, labelled('A', 'B')], 2, 'usb-1 goes back to "A"'],
    ['a first label', [ADDED, labelled(null, 'B')], 2, 'usb-1 loses its label'],
    ['a bound role', [ADDED, BOUND], 2, 'role scale follows nothing'],
    ['an unbound role', [ADDED, BOUND, UNBOUND], 3, 'role scale follows usb-1 again'],
    ['a forgotten port', [ADDED, FORGOTTEN], 2, 'USB 1 comes back into the list'],
    ['a port that came back', [FORGOTTEN, REMEMBERED], 2, 'usb-1 leaves the list again'],
    [
      "the leaf's label",
      [fact('cim.leaf.labelled.v1', 'l', {label: 'x', before: {label: null}})],
      1,
      'the leaf loses its label',
    ],
  ])('to %s', (_, facts, sequence, text) => {
    expect(wordsOf(fold(...facts), sequence)).toEqual({isPossible: true, text});
  });

  const NEWER = 'has changed the same since';
  it.each([
    [
      'an overtaken label',
      [ADDED, labelled('A', 'B'), labelled('B', 'C')],
      2,
      `event 3 of ben (labelled "B" → "C") ${NEWER}`,
    ],
    [
      'an overtaken binding',
      [ADDED, BOUND, UNBOUND],
      2,
      `event 3 of ben (unbound from usb-1) ${NEWER}`,
    ],
    [
      'an overtaken unbinding',
      [ADDED, BOUND, UNBOUND, BOUND],
      3,
      `event 4 of ben (bound to usb-1) ${NEWER}`,
    ],
    [
      'the first of two unbindings',
      [ADDED, BOUND, UNBOUND, BOUND, UNBOUND],
      3,
      `event 5 of ben (unbound from usb-1) ${NEWER}`,
    ],
    [
      'a label of a port that was forgotten',
      [ADDED, labelled('A', 'B'), FORGOTTEN],
      2,
      `event 3 of ben (forgotten usb-1) ${NEWER}`,
    ],
    [
      'a port that came back and has a role',
      [FORGOTTEN, REMEMBERED, BOUND],
      2,
      'role scale follows it by now',
    ],
    [
      'what the kernel saw',
      [ADDED],
      1,
      'it tells what was seen, and that stays so; an empty port can be forgotten',
    ],
  ])('refuses %s, and says why', (_, facts, sequence, text) => {
    expect(wordsOf(fold(...facts), sequence)).toEqual({isPossible: false, text});
  });

  it('refuses what this version cannot read', () => {
    const message: StoredMessage = {
      kind: 'unreadable',
      sequence: 1,
      subject: 's',
      reason: 'r',
      body: '',
    };
    expect(undoWords(message, fold(), PLAIN_NAMES).isPossible).toBe(false);
  });
});

describe('my last wish', () => {
  it('is the newest that can be undone, made by me in a console', () => {
    const known = fold(ADDED, labelled('A', 'B'), BOUND);
    expect(lastUndoable('ben', known, PLAIN_NAMES)?.sequence).toBe(3);
    expect(lastUndoable('anna', known, PLAIN_NAMES)).toBeUndefined();
  });
});
