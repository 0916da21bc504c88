import type {Clock} from '#contracts/clock.ts';

/** A clock that begins at a moment and runs so many times as fast as another. */
export function createPacedClock(clock: Clock, speed: number, startMs: number): Clock {
  const beganMs = clock.monotonicMs();
  const monotonicMs = (): number => (clock.monotonicMs() - beganMs) * speed;
  const now = (): number => Math.round(startMs + monotonicMs());
  return {
    now,
    monotonicMs,
    iso: (epochMs = now()) => clock.iso(epochMs),
    after: (delayMs, callback) => clock.after(delayMs / speed, callback),
    state: clock.state,
  };
}
