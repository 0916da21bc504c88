import {type EventType, type Fact, partsOfType} from '#domain/catalogue.ts';
import type {EventReference} from '#domain/command.ts';
import type {Recorded} from '#domain/envelope.ts';
import {undoEvent} from '#domain/event/commands.ts';
import {isUndoable, UNDO, type UndoableType} from '#domain/event/undo.ts';
import type {Inventory} from '#projections/inventory.ts';

import {defineUseCase, newerEvent, type Stake, type Verdict} from '../use-case.ts';
import {INVERSES} from './inverses.ts';

/** Brings back what one event changed, unless something newer has changed the same. */
export const undoEventCase = defineUseCase(
  undoEvent,
  (inventory, {target}, {event: recorded, newer, stake}) => {
    if (recorded === undefined) {
      return {refused: 'no-event', detail: target};
    }
    const {sequence, event} = recorded;
    if (newer !== undefined) {
      return {refused: 'superseded', by: {sequence: newer.sequence}};
    }
    return (
      newerEvent(inventory, aggregateOf(event), event.subject) ??
      inverseOf(inventory, sequence, event, stake)
    );
  },
);

/**
 * What has to be looked up beside the event itself: the lists keep nothing of what it took out, so
 * only the store can tell whether something newer did the same.
 */
export function alsoLookUp({sequence, event}: Recorded): EventReference | undefined {
  return TAKES_OUT.includes(event.type)
    ? {aggregate: aggregateOf(event), id: event.subject, after: sequence}
    : undefined;
}

const TAKES_OUT: readonly EventType[] = ['cim.port.forgotten.v1', 'cim.role.unbound.v1'];

const aggregateOf = ({type}: Fact): string => partsOfType(type)?.aggregate ?? '';

/** The facts that undo one, decided on the present state, or why it cannot be undone. */
export function inverseOf(
  inventory: Inventory,
  sequence: number,
  fact: Fact,
  stake?: Stake,
): Verdict {
  return isUndoable(fact)
    ? inverseOfType(inventory, {sequence, stake}, fact.type, fact)
    : {refused: 'not-undoable', detail: UNDO[fact.type].none};
}

/** The type is a parameter of its own, so that the compiler sees table and fact belong together. */
const inverseOfType = <T extends UndoableType>(
  inventory: Inventory,
  {sequence, stake}: {readonly sequence: number; readonly stake: Stake | undefined},
  type: T,
  fact: Fact<T>,
): Verdict => INVERSES[type](inventory, sequence, fact, stake);
