import type {Clock} from '#contracts/clock.ts';

/** A unit is settled this long after the last record below it … */
export const QUIET_MS = 300;
/** … or this long after the first, whatever still comes. */
export const LONGEST_MS = 2000;

/** Units whose records are still coming: they are not told of before they are whole. */
export interface Settling {
  /** A record about this unit has come. */
  touch(unitPath: string): void;
  /** The unit is whole, or gone: no more waiting. */
  end(unitPath: string): void;
  has(unitPath: string): boolean;
  unitPaths(): readonly string[];
  stop(): void;
}

/** Calls `onSettled` after one or more units have become quiet. */
export function createSettling(clock: Clock, onSettled: () => void): Settling {
  const units = new Map<string, {readonly firstMs: number; readonly lastMs: number}>();
  let cancel: (() => void) | undefined;

  const dueOf = ({firstMs, lastMs}: {firstMs: number; lastMs: number}): number =>
    Math.min(lastMs + QUIET_MS, firstMs + LONGEST_MS);
  const arm = (): void => {
    cancel?.();
    cancel = undefined;
    const next = Math.min(...[...units.values()].map(dueOf));
    if (Number.isFinite(next)) {
      cancel = clock.after(next - clock.monotonicMs(), settle);
    }
  };
  const settle = (): void => {
    const nowMs = clock.monotonicMs();
    const due = [...units].filter(([, unit]) => dueOf(unit) <= nowMs);
    for (const [unitPath] of due) {
      units.delete(unitPath);
    }
    arm();
    if (due.length > 0) {
      onSettled();
    }
  };
  return {
    touch(unitPath) {
      const lastMs = clock.monotonicMs();
      units.set(unitPath, {firstMs: units.get(unitPath)?.firstMs ?? lastMs, lastMs});
      cancel ?? arm();
    },
    end(unitPath) {
      units.delete(unitPath);
    },
    has: (unitPath) => units.has(unitPath),
    unitPaths: () => [...units.keys()],
    stop() {
      cancel?.();
      units.clear();
    },
  };
}
