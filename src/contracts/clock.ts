import type {ClockState} from '#domain/envelope.ts';

/** Time, and waiting. Everything that waits takes it from here, so tests can turn it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** A moment as an event carries it: UTC, milliseconds, Z. Without an argument: now. */
  iso(epochMs?: number): string;
  /** Milliseconds on a clock that never goes back. */
  monotonicMs(): number;
  /** Calls once after a delay, unless the returned function is called first. */
  after(delayMs: number, callback: () => void): () => void;
  /** Whether the system's clock is known to be right. */
  state(): ClockState;
}
