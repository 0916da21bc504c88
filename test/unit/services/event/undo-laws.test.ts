import fc from 'fast-check';
import {describe, expect, it} from 'vitest';

import type {Fact} from '#domain/catalogue.ts';
import {isUndoable, UNDO} from '#domain/event/undo.ts';
import type {Inventory} from '#projections/inventory.ts';
import {
  adapterAdded,
  adapterRemoved,
  inventoryAfter,
  recordedFact,
  socketAdded,
} from '#test/support/facts.ts';
import {decide} from '#test/support/wishes.ts';

const PORTS = ['usb-1', 'usb-2', 'usb-3'] as const;
const DEVICE = 'd-aaaaaaaaaa';

type History = readonly Fact[];
/** What comes next in a history: nothing where it is refused. */
type Act = (history: History) => readonly Fact[];

const wish =
  (name: string, target: string, data: Record<string, unknown>): Act =>
  (history) => {
    const verdict = decide(name, inventoryAfter(...history), {target, data});
    return 'refused' in verdict ? [] : verdict;
  };

/** Undoes the event at a sequence, with what the agent would look up. */
function undone(history: History, sequence: number): ReturnType<typeof decide> {
  const fact = history[sequence - 1];
  if (fact === undefined) {
    throw new TypeError(`no event ${sequence}`);
  }
  const later = history.findLastIndex((other, at) => at >= sequence && isOfSame(fact, other));
  const takesOut = /forgotten|unbound/.test(fact.type);
  return decide('event.undo', inventoryAfter(...history), {
    target: String(sequence),
    event: recordedFact(sequence, fact),
    ...(takesOut && later >= 0 ? {newer: recordedFact(later + 1, fact)} : {}),
  });
}

const aggregateOf = ({type, subject}: Fact): string => `${type.split('.')[1]}/${subject}`;
const isOfSame = (a: Fact, b: Fact): boolean => aggregateOf(a) === aggregateOf(b);

/** Labels and settings of a port are apart; what takes it out of the list is about both. */
const partOf = ({type}: Fact): string =>
  type.includes('change-requested') ? 'settings' : type.includes('labelled') ? 'label' : 'all';
const isAboutSame = (a: Fact, b: Fact): boolean =>
  isOfSame(a, b) && [partOf(a), 'all'].includes(partOf(b));

const label = fc.constantFrom('A', 'B', 'C', null);
const port = fc.constantFrom(...PORTS);
const role = fc.constantFrom('scale', 'printer');
const place = fc.oneof(
  port.map((id) => ({port: id})),
  fc.constant({device: DEVICE}),
);

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(port, label).map(([id, text]) => wish('port.label', id, {label: text})),
  label.map((text) => wish('leaf.label', 'l', {label: text})),
  port.map((id) => wish('port.forget', id, {})),
  port.map((id) => wish('port.disable', id, {})),
  port.map((id) => wish('port.enable', id, {})),
  port.map((id) => wish('port.release', id, {})),
  fc.tuple(role, place).map(([id, at]) => wish('role.bind', id, {...at, move: true})),
  role.map((id) => wish('role.unbind', id, {})),
  port.map(
    (id): Act =>
      (history) => {
        const {ports, devices} = inventoryAfter(...history);
        const {portId, state} = devices[DEVICE] ?? {};
        if (state === 'ready' && portId !== undefined) {
          return [adapterRemoved(DEVICE, portId)];
        }
        return ports[id] === undefined ? [] : [adapterAdded(DEVICE, id)];
      },
  ),
  fc.nat().map(
    (pick): Act =>
      (history) => {
        const verdict = undone(history, (pick % history.length) + 1);
        return 'refused' in verdict ? [] : verdict;
      },
  ),
);

const history: fc.Arbitrary<History> = fc
  .array(act, {minLength: 1, maxLength: 20})
  .map((acts) =>
    acts.reduce<History>((facts, next) => facts.concat(next(facts)), PORTS.map(socketAdded)),
  );

/** What people see of it: no sequences and no times. */
function own({leaf, ports, roles}: Inventory): unknown {
  const withoutPlace = (records: Readonly<Record<string, object>>): unknown =>
    Object.fromEntries(
      Object.entries(records).map(([id, record]) => [
        id,
        {...record, since: '', sequence: 0, fields: {}, change: null},
      ]),
    );
  return {label: leaf.label, ports: withoutPlace(ports), roles: withoutPlace(roles)};
}

/** The history with its newest event undone. */
function withUndo(facts: History): History {
  const verdict = undone(facts, facts.length);
  if ('refused' in verdict) {
    throw new TypeError(`${facts.at(-1)?.type}: ${JSON.stringify(verdict)}`);
  }
  return [...facts, ...verdict];
}

const wholes = (facts: History): readonly History[] =>
  facts.flatMap((fact, at) => (isUndoable(fact) ? [facts.slice(0, at + 1)] : []));

describe('undo, after any history', () => {
  it('gives what was before, and undo of undo gives it back, for every type', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(history, (facts) => {
        for (const done of wholes(facts)) {
          const back = withUndo(done);
          expect(own(inventoryAfter(...back))).toEqual(own(inventoryAfter(...done.slice(0, -1))));
          const again = withUndo(back);
          expect(own(inventoryAfter(...again))).toEqual(own(inventoryAfter(...done)));
          met.add(done.at(-1)?.type ?? '');
        }
      }),
      {numRuns: 300},
    );
    const undoable = Object.entries(UNDO).flatMap(([type, undo]) =>
      'command' in undo ? [type] : [],
    );
    expect([...met].sort()).toEqual(undoable.sort());
  });

  it('is refused where a newer wish was about the same', () => {
    fc.assert(
      fc.property(history, (facts) => {
        for (const [at, fact] of facts.entries()) {
          const isOvertaken = facts
            .slice(at + 1)
            .some((other) => isUndoable(other) && isAboutSame(fact, other));
          if (isUndoable(fact) && isOvertaken) {
            expect(undone(facts, at + 1)).toHaveProperty('refused');
          }
        }
      }),
      {numRuns: 300},
    );
  });
});
