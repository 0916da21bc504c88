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
  /** Something has changed: a write follows. */
  touch(): void;
  /** Drops what waits: for the end. */
  stop(): void;
}

/** A burst collapses into the first write, which is still within 16 ms. */
const FIRST_MS = 4;
/** At most 5 writes a second. */
const SPACING_MS = 200;
/** How often a blocked output is asked again. */
const BLOCKED_MS = 50;

/**
 * The first change after 200 ms of quiet is written within 16 ms, later ones at most 5 times a
 * second, and none while the output is blocked.
 */
export function createCoalescer({
  now,
  schedule,
  isOutputBlocked,
  write,
}: CoalescerOptions): Coalescer {
  let lastWrite = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | null = null;
  const fire = (): void => {
    cancel = null;
    if (isOutputBlocked()) {
      cancel = schedule(BLOCKED_MS, fire);
      return;
    }
    lastWrite = now();
    write();
  };
  return {
    touch() {
      if (cancel === null) {
        const sinceLast = now() - lastWrite;
        // A clock that was set back must not hold the screen.
        const isQuiet = sinceLast >= SPACING_MS || sinceLast < 0;
        cancel = schedule(isQuiet ? FIRST_MS : Math.max(FIRST_MS, SPACING_MS - sinceLast), fire);
      }
    },
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}
