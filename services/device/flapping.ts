import type {Clock} from '#contracts/clock.ts';
import type {Observation} from './observation.ts';

/** More changes of one port than this in a minute are told together, once a minute. */
export const CHANGES_A_MINUTE = 20;
const MINUTE_MS = 60_000;

/**
 * A port that flapped through so many minutes in a row comes into quarantine. Who seats a plug or
 * tries a cable is done in one or two; a broken contact goes on for ever.
 */
export const QUARANTINE_MINUTES = 5;

/** What a flapping port did since its last event. */
export interface Summary {
  readonly position: string;
  readonly changes: number;
  /** ISO time of the first of them. */
  readonly from: string;
  /** Minutes that it has flapped through in a row, this one counted. */
  readonly minutes: number;
}

/** Counts how often ports change. What software makes and unmakes does not flap. */
export interface FlapWatch {
  note(before: Observation | undefined, after: Observation): void;
  /** Ports that are not told of now. */
  held(): readonly string[];
  /** Ports whose minute is over, each handed out once. */
  takeDue(): readonly Summary[];
  stop(): void;
}

interface Flapping {
  changes: number;
  readonly from: string;
  readonly startedMs: number;
  readonly dueMs: number;
}

/** Calls `onDue` when a summary can be taken. */
export function createFlapWatch(clock: Clock, onDue: () => void): FlapWatch {
  const recent = new Map<string, number[]>();
  const flapping = new Map<string, Flapping>();
  const rows = new Map<string, {readonly minutes: number; readonly endedMs: number}>();
  let cancel: (() => void) | undefined;

  const count = (position: string): void => {
    const held = flapping.get(position);
    if (held !== undefined) {
      held.changes += 1;
      return;
    }
    const nowMs = clock.monotonicMs();
    const times = (recent.get(position) ?? []).filter((timeMs) => nowMs - timeMs < MINUTE_MS);
    times.push(nowMs);
    recent.set(position, times);
    if (times.length > CHANGES_A_MINUTE) {
      recent.delete(position);
      flapping.set(position, {
        changes: 1,
        from: clock.iso(),
        startedMs: nowMs,
        dueMs: nowMs + MINUTE_MS,
      });
      arm();
    }
  };
  const arm = (): void => {
    cancel?.();
    const next = Math.min(...[...flapping.values()].map(({dueMs}) => dueMs));
    cancel = Number.isFinite(next)
      ? clock.after(Math.max(next - clock.monotonicMs(), 0), onDue)
      : undefined;
  };
  return {
    note(before, after) {
      for (const position of before === undefined ? [] : changedPorts(before, after)) {
        count(position);
      }
    },
    held: () => [...flapping.keys()],
    takeDue() {
      const nowMs = clock.monotonicMs();
      const due = [...flapping].filter(([, {dueMs}]) => dueMs <= nowMs);
      for (const [position] of due) {
        flapping.delete(position);
      }
      arm();
      return due.map(([position, {changes, from, startedMs}]) => {
        const minutes = minutesInRow(rows.get(position), startedMs);
        rows.set(position, {minutes, endedMs: nowMs});
        return {position, changes, from, minutes};
      });
    },
    stop: () => cancel?.(),
  };
}

/** One minute follows another when the port began anew within a minute after it. */
const minutesInRow = (
  row: {readonly minutes: number; readonly endedMs: number} | undefined,
  startedMs: number,
): number => (row !== undefined && startedMs - row.endedMs <= MINUTE_MS ? row.minutes + 1 : 1);

function changedPorts(before: Observation, after: Observation): readonly string[] {
  return [...new Set([...before.ports.keys(), ...after.ports.keys()])].filter((position) => {
    const [was, is] = [before.ports.get(position), after.ports.get(position)];
    const isSoftware = (is ?? was)?.kind === 'virtual';
    return !isSoftware && (was?.state !== is?.state || was?.link !== is?.link);
  });
}
