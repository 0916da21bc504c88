import type {Log} from '#contracts/log.ts';
import type {Fact} from '#domain/catalogue.ts';
import type {Refusal} from '#domain/command.ts';
import type {CimEvent} from '#domain/envelope.ts';
import {foldingWriter} from '#domain/table.ts';
import {evolveInventory, type Inventory} from '#projections/inventory.ts';

import {type Cause, type Stamp, stamp} from './stamp.ts';

/** Decides on the agent's own state: facts to store, or why not. Pure: it may be asked again. */
export type Decide = (inventory: Inventory) => readonly Fact[] | Refusal;

/** Stored with these ids up to this sequence, or refused. No facts: nothing stored. */
export type Outcome =
  | {readonly kind: 'stored'; readonly events: readonly string[]; readonly sequence: number}
  | ({readonly kind: 'refused'} & Refusal);

/** A decision that waits for its turn. */
export interface Pending {
  readonly decide: Decide;
  readonly cause: Cause;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/** What it came to, and the events to store for it. */
export interface Decided {
  readonly pending: Pending;
  readonly outcome: Outcome | {readonly kind: 'failed'; readonly error: unknown};
  readonly events: readonly CimEvent[];
}

/** As many as one batch holds. */
export interface Verdicts {
  readonly decided: readonly Decided[];
  /** State once all of their events are stored. */
  readonly after: Inventory;
}

/**
 * A batch holds no more events than this. A larger decision is a picture of many devices, whose
 * facts hold one by one: it is stored in several batches.
 */
export const BATCH_EVENTS = 500;

export interface DecideOptions extends Stamp {
  readonly log: Log;
}

/** Decides in order, each on the state that the ones before it will have made. */
export function decideAll(
  taken: readonly Pending[],
  from: Inventory,
  options: DecideOptions,
): Verdicts {
  const decided: Decided[] = [];
  const writer = foldingWriter();
  let inventory = from;
  let count = 0;
  for (const pending of taken) {
    const next = decide(pending, inventory, options);
    const {events} = next;
    if (count > 0 && count + events.length > BATCH_EVENTS) {
      break;
    }
    inventory = events.reduce(
      (known, event) =>
        evolveInventory(known, {kind: 'event', sequence: known.sequence + 1, event}, writer),
      inventory,
    );
    count += events.length;
    decided.push(next);
  }
  return {decided, after: inventory};
}

/** What one decision would store. Its own mistake is its own: the others go on. */
function decide(pending: Pending, inventory: Inventory, options: DecideOptions): Decided {
  try {
    const [stopped] = Object.keys(inventory.stopped);
    const verdict =
      stopped === undefined
        ? pending.decide(inventory)
        : ({refused: 'projection-stopped', detail: stopped} as const);
    if ('refused' in verdict) {
      return {pending, outcome: {kind: 'refused', ...verdict}, events: []};
    }
    const events = stamp(verdict, pending.cause, options);
    const sequence = inventory.sequence + events.length;
    return {
      pending,
      outcome: {kind: 'stored', events: events.map(({id}) => id), sequence},
      events,
    };
  } catch (error) {
    options.log.error('decide', error);
    return {pending, outcome: {kind: 'failed', error}, events: []};
  }
}
