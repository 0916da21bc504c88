/** A clock that is turned by hand, and what waits for it. */
export interface FakeTime {
  now(): number;
  schedule(delayMs: number, callback: () => void): () => void;
  /** Moves on, running what is due in order. */
  advance(ms: number): void;
  /** How many callbacks wait. */
  waiting(): number;
}

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** Time that stands still at a moment. */
export function createFakeTime(start: number): FakeTime {
  let now = start;
  let timers: readonly Timer[] = [];
  return {
    now: () => now,
    schedule(delayMs, callback) {
      const timer = {due: now + delayMs, callback};
      timers = [...timers, timer];
      return () => {
        timers = timers.filter((item) => item !== timer);
      };
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = timers.filter(({due}) => due <= end).sort((a, b) => a.due - b.due);
        if (next === undefined) {
          break;
        }
        timers = timers.filter((item) => item !== next);
        now = Math.max(now, next.due);
        next.callback();
      }
      now = end;
    },
    waiting: () => timers.length,
  };
}
