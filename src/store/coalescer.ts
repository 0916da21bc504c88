/** Calls once after a delay, unless the returned function is called first. */
export type Schedule = (delayMs: number, callback: () => void) => () => void;

export interface CoalescerOptions {
  /** Milliseconds on a clock that never goes back, or since 1970. */
  now(): number;
  readonly schedule: Schedule;
  /** The terminal has not taken what was written: drawing more only makes it later. */
  isOutputBlocked(): boolean;
  write(): void;
}

/** Many changes, few writes. */
export interface Coalescer {
  /** A fact has changed: a write follows. */
  touch(): void;
  /** Something that only accompanies facts has changed: it goes with the next write, or waits. */
  touchLazily(): void;
  /** Drops what waits: for the end. */
  stop(): void;
}

/** A burst collapses into the first write, which is still within 16 ms. */
const FIRST_MS = 4;
/** At most 5 writes a second. */
const SPACING_MS = 200;
/** Saved up while it was quiet, so that what comes right behind a lesser change is not held up. */
const SAVED_WRITES = 2;
/** How often a blocked output is asked again. */
const BLOCKED_MS = 50;

/**
 * A fact after quiet is written within 16 ms, and so is a second write close behind it; later ones
 * at most 5 times a second, and none while the output is blocked.
 */
export function createCoalescer({
  now,
  schedule,
  isOutputBlocked,
  write,
}: CoalescerOptions): Coalescer {
  let saved = SAVED_WRITES;
  let savedAt = now();
  let waiting: {readonly due: number; readonly cancel: () => void} | null = null;
  const save = (): void => {
    const spacings = (now() - savedAt) / SPACING_MS;
    // A clock that was set back must not hold the screen.
    saved = spacings < 0 ? SAVED_WRITES : Math.min(SAVED_WRITES, saved + spacings);
    savedAt = now();
  };
  const fire = (): void => {
    waiting = null;
    if (isOutputBlocked()) {
      writeAfter(BLOCKED_MS);
      return;
    }
    save();
    saved -= 1;
    write();
  };
  const writeAfter = (delayMs: number): void => {
    const due = now() + delayMs;
    if (waiting === null || due < waiting.due) {
      waiting?.cancel();
      waiting = {due, cancel: schedule(delayMs, fire)};
    }
  };
  /** Waits until so many writes are saved, of which it takes one. */
  const touchWithin = (leastMs: number, needed: number): void => {
    save();
    writeAfter(Math.max(leastMs, (needed - saved) * SPACING_MS));
  };
  return {
    touch: () => touchWithin(FIRST_MS, 1),
    // One is left for the fact that may come right behind it.
    touchLazily: () => touchWithin(SPACING_MS, SAVED_WRITES),
    stop() {
      waiting?.cancel();
      waiting = null;
    },
  };
}
