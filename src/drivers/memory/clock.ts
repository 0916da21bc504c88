import {setImmediate as nextTurn} from 'node:timers/promises';

import type {Clock} from '#contracts/clock.ts';
import type {ClockState} from '#domain/envelope.ts';

/** A clock that stands still until a test turns it. */
export interface MemoryClock extends Clock {
  /**
   * Lets time pass: what falls due is called in order, and what each call set going in promises
   * has run before the next.
   */
  turn(ms: number): Promise<void>;
  /** Sets the wall clock alone, as a late time server does. */
  setNow(epochMs: number): void;
  setState(state: ClockState): void;
}

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** A memory clock, at 2026-11-22T16:00:00Z unless told otherwise. */
export function createMemoryClock(startMs = Date.UTC(2026, 10, 22, 16)): MemoryClock {
  const timers = new Set<Timer>();
  let offsetMs = startMs;
  let elapsedMs = 0;
  let clockState: ClockState = 'synced';
  const nextDue = (untilMs: number): Timer | undefined =>
    [...timers]
      .filter(({dueMs}) => dueMs <= untilMs)
      .sort((one, other) => one.dueMs - other.dueMs)[0];
  return {
    now: () => offsetMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    state: () => clockState,
    iso: (epochMs = offsetMs + elapsedMs) => new Date(epochMs).toISOString(),
    after(delayMs, callback) {
      const timer = {dueMs: elapsedMs + Math.max(0, delayMs), callback};
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async turn(ms) {
      const untilMs = elapsedMs + ms;
      for (let timer = nextDue(untilMs); timer !== undefined; timer = nextDue(untilMs)) {
        timers.delete(timer);
        elapsedMs = Math.max(elapsedMs, timer.dueMs);
        timer.callback();
        await nextTurn();
      }
      elapsedMs = untilMs;
      await nextTurn();
    },
    setNow(epochMs) {
      offsetMs = epochMs - elapsedMs;
    },
    setState(state) {
      clockState = state;
    },
  };
}
