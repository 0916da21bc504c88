import type {Clock} from '#contracts/clock.ts';
import type {HeldLease, Lease} from '#contracts/lease.ts';

export interface TenureOptions {
  readonly lease: Lease;
  readonly clock: Clock;
  /** Name of this agent in the lease. */
  readonly holder: string;
  /** Called once when another agent is active and this one begins to wait. */
  readonly onStandby: () => void;
  readonly onLost: (reason: string) => void;
}

/** A standby asks for the lease this often. */
const ASK_EVERY_MS = 500;
/** Longest single wait. */
const LONG_MS = 3_600_000;

/** Waits until the lease is ours. @throws the signal's reason when aborted */
export async function waitForLease(
  {lease, clock, holder, onStandby, onLost}: TenureOptions,
  signal: AbortSignal,
): Promise<HeldLease> {
  let isWaiting = false;
  for (;;) {
    signal.throwIfAborted();
    const held = await lease.acquire(holder, onLost);
    if (held !== undefined) {
      return held;
    }
    if (!isWaiting) {
      isWaiting = true;
      onStandby();
    }
    await pause(clock, ASK_EVERY_MS, signal);
  }
}

const pause = (clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const finish = (): void => {
      signal.removeEventListener('abort', finish);
      cancel();
      resolve();
    };
    const cancel = clock.after(delayMs, finish);
    signal.addEventListener('abort', finish);
  });

export interface EndOptions {
  readonly clock: Clock;
  /** Monotonic milliseconds at which a client last asked anything. */
  readonly lastAsked: () => number;
  /** undefined: it does not end by itself. */
  readonly lingerSeconds: number | undefined;
}

/** Resolves with the reason when the agent shall end: aborted, or deserted for that long. */
export async function untilEnded(
  {clock, lastAsked, lingerSeconds}: EndOptions,
  signal: AbortSignal,
): Promise<'signal' | 'linger'> {
  while (!signal.aborted) {
    const rest =
      lingerSeconds === undefined
        ? LONG_MS
        : lastAsked() + lingerSeconds * 1000 - clock.monotonicMs();
    if (rest <= 0) {
      return 'linger';
    }
    await pause(clock, Math.min(Math.max(rest, 100), LONG_MS), signal);
  }
  return 'signal';
}
