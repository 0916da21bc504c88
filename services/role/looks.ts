import type {Clock} from '#contracts/clock.ts';
import type {Log} from '#contracts/log.ts';

export interface LooksOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** One look, and what it mends; true: all is as it should be. */
  readonly look: () => Promise<boolean>;
}

/** One look at a time: when asked, and again by itself while not all is as it should be. */
export interface Looks {
  start(): void;
  stop(): void;
  now(): void;
  /** Soon: several of these are one look. */
  soon(delayMs: number): void;
}

/** What is not right is looked at again after this, each time twice as late. */
const FIRST_AGAIN_MS = 1000;
const LAST_AGAIN_MS = 60_000;

/** Nothing is looked at before it is started. */
export function createLooks({clock, log, signal, look}: LooksOptions): Looks {
  let isLooking = false;
  let isAskedMeanwhile = false;
  let isStopped = true;
  let againMs = FIRST_AGAIN_MS;
  let cancel = (): void => undefined;

  const tryLook = async (): Promise<boolean> => {
    try {
      return await look();
    } catch (error) {
      if (!signal.aborted) {
        log.error('keep the links of roles', error);
      }
      return false;
    }
  };
  const run = async (): Promise<void> => {
    cancel();
    if (isStopped || signal.aborted) {
      return;
    }
    if (isLooking) {
      isAskedMeanwhile = true;
      return;
    }
    isLooking = true;
    const isWell = await tryLook();
    isLooking = false;
    againMs = isWell ? FIRST_AGAIN_MS : Math.min(againMs * 2, LAST_AGAIN_MS);
    if (isAskedMeanwhile) {
      isAskedMeanwhile = false;
      void run();
    } else if (!isWell) {
      soon(againMs);
    }
  };
  const soon = (delayMs: number): void => {
    cancel();
    if (!isStopped && !signal.aborted) {
      cancel = clock.after(delayMs, () => void run());
    }
  };
  return {
    start() {
      isStopped = false;
      soon(0);
    },
    stop() {
      isStopped = true;
      cancel();
    },
    now: () => void run(),
    soon,
  };
}
