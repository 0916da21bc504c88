import type {Clock} from '#contracts/clock.ts';
import type {HeldLease, Lease} from '#contracts/lease.ts';
import {type ErrorCode, isCimError} from '#domain/errors.ts';

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
/** A server that does not come back keeps nobody from stopping for longer. */
export const STOP_LIMIT_MS = 5000;
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
    const held = await ask(() => lease.acquire(holder, onLost), isWaiting);
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

/** Whoever stands by does so over a server's restart, too; at the first start it is a failure. */
async function ask(
  acquire: () => Promise<HeldLease | undefined>,
  isWaiting: boolean,
): Promise<HeldLease | undefined> {
  try {
    return await acquire();
  } catch (error) {
    if (isWaiting && isCimError(error) && PASSING.includes(error.code)) {
      return undefined;
    }
    throw error;
  }
}

const PASSING: readonly ErrorCode[] = ['nats-failed', 'no-agent', 'time-is-up'];

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
