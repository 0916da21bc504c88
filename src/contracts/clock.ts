import type {ClockState} from '#domain/envelope.ts';

/** Time, and waiting. Everything that waits takes it from here, so tests can turn it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds on a clock that never goes back. */
  monotonicMs(): number;
  /** Calls once after a delay, unless the returned function is called first. */
  after(delayMs: number, callback: () => void): () => void;
  /** Whether the system's clock is known to be right. */
  state(): ClockState;
}

/** The time as an event carries it: UTC, milliseconds, Z. */
export type IsoTime = (epochMs: number) => string;
