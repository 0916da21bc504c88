import type {Clock} from '#contracts/clock.ts';

/** A unit is settled this long after the last record below it … */
export const QUIET_MS = 300;
/** … or this long after the first, whatever still comes, */
export const LONGEST_MS = 2000;
/** or this long while udev still works on something below it. */
export const LONGEST_BUSY_MS = 6000;

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

export interface SettlingOptions {
  readonly clock: Clock;
  /** True while udev has not answered all of the kernel's records below a unit. */
  readonly isBusy: (unitPath: string) => boolean;
  /** Called after one or more units have become quiet. */
  readonly onSettled: () => void;
}

interface Waiting {
  readonly firstMs: number;
  readonly lastMs: number;
}

/** No unit waits yet. */
export function createSettling({clock, isBusy, onSettled}: SettlingOptions): Settling {
  const units = new Map<string, Waiting>();
  let cancel: (() => void) | undefined;

  const dueOf = (unitPath: string, {firstMs, lastMs}: Waiting, nowMs: number): number =>
    isBusy(unitPath)
      ? Math.min(nowMs + QUIET_MS, firstMs + LONGEST_BUSY_MS)
      : Math.min(lastMs + QUIET_MS, firstMs + LONGEST_MS);
  const duesAt = (nowMs: number): readonly (readonly [string, number])[] =>
    [...units].map(([unitPath, unit]) => [unitPath, dueOf(unitPath, unit, nowMs)]);
  const arm = (): void => {
    cancel?.();
    cancel = undefined;
    const nowMs = clock.monotonicMs();
    const next = Math.min(...duesAt(nowMs).map(([, dueMs]) => dueMs));
    if (Number.isFinite(next)) {
      cancel = clock.after(next - nowMs, settle);
    }
  };
  const settle = (): void => {
    const nowMs = clock.monotonicMs();
    const due = duesAt(nowMs).filter(([, dueMs]) => dueMs <= nowMs);
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
