import type {EventReader} from '#contracts/event-store.ts';
import type {SnapshotInfo} from '#contracts/snapshots.ts';
import type {Refusal} from '#domain/command.ts';
import type {StoredMessage} from '#domain/message.ts';
import {foldInventory, type Inventory, initialInventory} from '#projections/inventory.ts';

import {type KeepingOptions, readableSnapshots, readSnapshot, SNAPSHOT_EVERY} from './snapshots.ts';

/** A moment of the stream: a sequence, or a time (UTC, milliseconds, `Z`). */
export type Moment = number | string;

export interface PastOptions extends KeepingOptions {
  readonly store: Pick<EventReader, 'readPortions'>;
  readonly now: () => Inventory;
  readonly signal: AbortSignal;
  /** Between two kept states, one so many events apart stays in memory. */
  readonly step?: number;
}

/** The state of the leaf at any moment. */
export interface Past {
  /**
   * As of a sequence; or of the last one before the first event later than a time, whose clock was
   * not unsynced. @throws CimError `store-failed`
   */
  at(moment: Moment): Promise<Inventory | Refusal>;
}

const STEP = 500;
/** Stretches between two kept states whose steps stay in memory: those looked at last. */
const STRETCHES = 2;

/** Reads the past from kept states and the events behind them. */
export function createPast(options: PastOptions): Past {
  const listKept = createKeptList(options);
  /** Ascending steps by the kept state that is the first; what was looked at last stands last. */
  const stretches = new Map<number, Inventory[]>();
  const stepsFrom = async (info: SnapshotInfo | undefined): Promise<Inventory[]> => {
    const key = info?.sequence ?? 0;
    const kept = async () => (info && (await readSnapshot(options, info))) ?? initialInventory;
    const steps = stretches.get(key) ?? [await kept()];
    stretches.delete(key);
    stretches.set(key, steps);
    const [oldest] = stretches.keys();
    if (stretches.size > STRETCHES && oldest !== undefined) {
      stretches.delete(oldest);
    }
    return steps;
  };
  return {
    async at(moment) {
      const now = options.now();
      const beyond = beyondOf(moment, now);
      if (beyond !== undefined) {
        return beyond;
      }
      const isBefore = before(moment);
      const info = (await listKept(now.sequence)).findLast(
        (candidate) => isBefore(candidate) && candidate.sequence <= now.sequence,
      );
      const found = await advance(options, await stepsFrom(info), isBefore, now.sequence);
      return found.sequence === 0 ? {refused: 'before-first-event', detail: String(moment)} : found;
    },
  };
}

/** What is kept, asked for anew only when there may be one more; and while there is none. */
function createKeptList(options: KeepingOptions) {
  let known: readonly SnapshotInfo[] = [];
  let milestone = -1;
  return async (sequence: number): Promise<readonly SnapshotInfo[]> => {
    const newest = Math.floor(sequence / SNAPSHOT_EVERY);
    if (known.length === 0 || newest !== milestone) {
      known = await readableSnapshots(options);
      milestone = newest;
    }
    return known;
  };
}

function beyondOf(moment: Moment, now: Inventory): Inventory | Refusal | undefined {
  if (typeof moment === 'number') {
    return moment > now.sequence
      ? {refused: 'no-event', detail: `${moment}; the newest is ${now.sequence}`}
      : moment === now.sequence
        ? now
        : undefined;
  }
  return now.latest !== null && now.latest <= moment ? now : undefined;
}

type Place = Pick<Inventory, 'sequence' | 'latest'>;

/** True for places at or before the moment: at first for all, later for none. */
const before = (moment: Moment): ((place: Place) => boolean) =>
  typeof moment === 'number'
    ? ({sequence}) => sequence <= moment
    : ({latest}) => latest === null || latest <= moment;

/** The last state that is not behind the moment, from the nearest step on. */
async function advance(
  {store, signal, step = STEP}: PastOptions,
  steps: Inventory[],
  isBefore: (place: Place) => boolean,
  last: number,
): Promise<Inventory> {
  const start = steps.findLast(isBefore) ?? initialInventory;
  let state = start;
  for await (const portion of store.readPortions({from: start.sequence + 1, signal})) {
    for (let next = 0; next < portion.length; ) {
      const room = step - (state.sequence % step);
      const messages = portion.slice(next, next + room).filter(({sequence}) => sequence <= last);
      const folded = foldInventory(state, messages);
      if (!isBefore(folded) || messages.length === 0) {
        return lastBefore(state, messages, isBefore);
      }
      state = folded;
      next += messages.length;
      if (state.sequence % step === 0) {
        remember(steps, state);
      }
    }
  }
  return state;
}

function remember(steps: Inventory[], state: Inventory): void {
  const newest = steps.at(-1);
  if (newest !== undefined && state.sequence > newest.sequence) {
    steps.push(state);
  }
}

/** Within one step: the messages up to the first that lies behind the moment. */
function lastBefore(
  state: Inventory,
  messages: readonly StoredMessage[],
  isBefore: (place: Place) => boolean,
): Inventory {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isBefore(foldInventory(state, messages.slice(0, middle)))) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return foldInventory(state, messages.slice(0, low));
}
