import type {EventReader} from '#contracts/event-store.ts';
import type {SnapshotInfo} from '#contracts/snapshots.ts';
import type {Refusal} from '#domain/command.ts';
import type {StoredMessage} from '#domain/message.ts';
import {foldInventory, type Inventory, initialInventory} from '#projections/inventory.ts';

import {type KeepingOptions, readableSnapshots, readSnapshot} from './snapshots.ts';

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

/** What lies between a kept state and the next, as far as it has been looked at. */
interface Stretch {
  /** Ascending by sequence; the first is the kept state itself. */
  readonly steps: Inventory[];
  lastAsked: number;
}

/** Reads the past from kept states and the events behind them. */
export function createPast(options: PastOptions): Past {
  const stretches = new Map<number, Stretch>();
  let asked = 0;
  const stretchOf = async (info: SnapshotInfo | undefined): Promise<Stretch> => {
    const key = info?.sequence ?? 0;
    const known = stretches.get(key);
    const kept = info === undefined ? undefined : await readKept(options, known, info);
    const stretch = known ?? {steps: [kept ?? initialInventory], lastAsked: 0};
    asked += 1;
    stretch.lastAsked = asked;
    stretches.set(key, stretch);
    forgetOldest(stretches);
    return stretch;
  };
  return {
    async at(moment) {
      const now = options.now();
      const beyond = beyondOf(moment, now);
      if (beyond !== undefined) {
        return beyond;
      }
      const infos = await readableSnapshots(options);
      const isBefore = before(moment);
      const info = infos.findLast(
        (candidate) => isBefore(candidate) && candidate.sequence <= now.sequence,
      );
      const stretch = await stretchOf(info);
      const found = await advance(options, stretch, isBefore, now.sequence);
      return found.sequence === 0 ? {refused: 'before-first-event', detail: String(moment)} : found;
    },
  };
}

const readKept = async (
  options: PastOptions,
  known: Stretch | undefined,
  info: SnapshotInfo,
): Promise<Inventory | undefined> =>
  known === undefined ? readSnapshot(options, info) : undefined;

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
  stretch: Stretch,
  isBefore: (place: Place) => boolean,
  last: number,
): Promise<Inventory> {
  const {steps} = stretch;
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

function forgetOldest(stretches: Map<number, Stretch>): void {
  if (stretches.size <= STRETCHES) {
    return;
  }
  const [oldest] = [...stretches].toSorted(([, a], [, b]) => a.lastAsked - b.lastAsked);
  if (oldest !== undefined) {
    stretches.delete(oldest[0]);
  }
}
