import {describe, expect, it} from 'vitest';

import type {EventType, Fact} from '#domain/catalogue.ts';
import {UNDO, type Undo} from '#domain/event/undo.ts';
import {adapterAdded, inventoryAfter, recordedFact, socketAdded} from '#test/support/facts.ts';
import {codeOf, decide} from '#test/support/wishes.ts';

const WORLD: readonly Fact[] = [socketAdded('usb-1'), socketAdded('usb-2')];

/** The state after facts, and the verdict on undoing the one at a sequence (from 1). */
const undo = (facts: readonly Fact[], sequence: number) => {
  const fact = facts[sequence - 1];
  const event = fact === undefined ? undefined : recordedFact(sequence, fact);
  const wish = {target: String(sequence), ...(event === undefined ? {} : {event})};
  return decide('event.undo', inventoryAfter(...facts), wish);
};

const labelled = (id: string, label: string | null, before: string | null): Fact => ({
  type: 'cim.port.labelled.v1',
  subject: id,
  data: {label, before: {label: before}},
});

const reasonOf = (type: EventType): string => {
  const undone: Undo = UNDO[type];
  return 'none' in undone ? undone.none : '';
};

const facts = (verdict: ReturnType<typeof decide>): readonly Fact[] =>
  'refused' in verdict ? [] : verdict;

describe('event undo', () => {
  it('brings a label back, and undoing that brings the new one back', () => {
    const given = [...WORLD, labelled('usb-1', 'A', null), labelled('usb-1', 'B', 'A')];
    const first = facts(undo(given, 4));
    expect(first).toEqual([labelled('usb-1', 'A', 'B')]);
    const second = facts(undo([...given, ...first], 5));
    expect(second).toEqual([labelled('usb-1', 'B', 'A')]);
  });

  it('refuses what something newer has changed, and names it', () => {
    const given = [...WORLD, labelled('usb-1', 'A', null), labelled('usb-1', 'B', 'A')];
    expect(undo(given, 3)).toEqual({refused: 'superseded', by: {sequence: 4}});
  });

  it('refuses what was taken out again by something newer, as the store tells', () => {
    const bound = facts(
      decide('role.bind', inventoryAfter(...WORLD), {target: 'scale', data: {port: 'usb-1'}}),
    );
    const unbound = facts(undo([...WORLD, ...bound], 3));
    const given = [...WORLD, ...bound, ...unbound];
    const [first] = unbound;
    const event = first && recordedFact(4, first);
    const wish = {target: '4', ...(event && {event, newer: {...event, sequence: 9}})};
    expect(decide('event.undo', inventoryAfter(...given), wish)).toEqual({
      refused: 'superseded',
      by: {sequence: 9},
    });
  });

  it('refuses a label that another port bears by now', () => {
    const given = [
      ...WORLD,
      labelled('usb-1', 'A', null),
      labelled('usb-1', 'B', 'A'),
      labelled('usb-2', 'A', null),
    ];
    expect(codeOf(undo(given, 4))).toBe('label-taken');
  });

  it('brings a forgotten port back with its label', () => {
    const labelledWorld = [...WORLD, labelled('usb-1', 'A', null)];
    const forgotten = facts(
      decide('port.forget', inventoryAfter(...labelledWorld), {target: 'usb-1'}),
    );
    const given = [...labelledWorld, ...forgotten];
    const back = inventoryAfter(...given, ...facts(undo(given, 4)));
    expect(back.ports['usb-1']).toMatchObject({label: 'A', state: 'absent'});
  });

  it('does not forget a port again that something was plugged into', () => {
    const forgotten = facts(decide('port.forget', inventoryAfter(...WORLD), {target: 'usb-1'}));
    const back = facts(undo([...WORLD, ...forgotten], 3));
    const given = [...WORLD, ...forgotten, ...back, adapterAdded('d-aaaaaaaaaa', 'usb-1')];
    expect(undo(given, 4)).toEqual({refused: 'superseded', by: {sequence: 5}});
  });

  it('unbinds what was bound, and binds what was unbound', () => {
    const bound = facts(
      decide('role.bind', inventoryAfter(...WORLD), {target: 'scale', data: {port: 'usb-1'}}),
    );
    const given = [...WORLD, ...bound];
    const unbound = facts(undo(given, 3));
    expect(inventoryAfter(...given, ...unbound).roles).toEqual({});
    const again = facts(undo([...given, ...unbound], 4));
    expect(inventoryAfter(...given, ...unbound, ...again).roles).toHaveProperty('scale');
  });

  it.each([1, 3])('refuses what was observed (event %i), with the declared reason', (sequence) => {
    const given = [...WORLD, adapterAdded('d-aaaaaaaaaa', 'usb-1')];
    const type = given[sequence - 1]?.type ?? 'cim.leaf.created.v1';
    expect(undo(given, sequence)).toEqual({refused: 'not-undoable', detail: reasonOf(type)});
  });

  it('refuses a sequence that does not exist', () => {
    expect(codeOf(undo(WORLD, 9))).toBe('no-event');
  });
});
