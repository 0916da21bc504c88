import type {Clock} from '#contracts/clock.ts';
import type {ResyncCause} from '#domain/leaf/events.ts';

/** Why the picture is compared with the kernel again. */
export interface Resync {
  readonly cause: ResyncCause;
  /** Uevents known to be lost since the last time. */
  readonly drops: number;
}

/** Watches for signs that something was missed: MODEL.md, Loss. */
export interface LossWatch {
  /** The kernel's counter of a record: a hole is no loss, but a reason to look. */
  sequence(seqnum: number): void;
  /** The monitor's own socket has lost so many. */
  dropped(count: number): void;
  restarted(): void;
  /** The timer runs from the last comparison. */
  compared(): void;
  stop(): void;
}

/** With nothing else to go by, the picture is compared this often. */
export const RESYNC_MS = 60_000;
/** Holes and drops come in swarms: one comparison stands for all within this time. */
export const RESYNC_PAUSE_MS = 1000;

const RANK: readonly ResyncCause[] = ['timer', 'hole', 'drops', 'monitor-ended', 'start'];

/** Calls `onDue` when it is time to compare; causes that come together go by the gravest. */
export function createLossWatch(clock: Clock, onDue: (resync: Resync) => void): LossWatch {
  let highest = 0;
  let waiting: Resync | undefined;
  let comparedMs = clock.monotonicMs() - RESYNC_PAUSE_MS;
  let cancelDue: (() => void) | undefined;
  let cancelTimer: (() => void) | undefined;

  const ask = (cause: ResyncCause, drops: number): void => {
    const before = waiting ?? {cause, drops: 0};
    const gravest = RANK.indexOf(cause) > RANK.indexOf(before.cause) ? cause : before.cause;
    waiting = {cause: gravest, drops: before.drops + drops};
    const pauseMs = comparedMs + RESYNC_PAUSE_MS - clock.monotonicMs();
    cancelDue ??= clock.after(Math.max(pauseMs, 0), due);
  };
  const due = (): void => {
    cancelDue = undefined;
    const resync = waiting;
    waiting = undefined;
    if (resync !== undefined) {
      comparedMs = clock.monotonicMs();
      onDue(resync);
    }
  };
  return {
    sequence(seqnum) {
      if (highest > 0 && seqnum > highest + 1) {
        ask('hole', 0);
      }
      highest = Math.max(highest, seqnum);
    },
    dropped: (count) => ask('drops', count),
    restarted() {
      highest = 0;
      ask('monitor-ended', 0);
    },
    compared() {
      comparedMs = clock.monotonicMs();
      cancelTimer?.();
      cancelTimer = clock.after(RESYNC_MS, () => ask('timer', 0));
    },
    stop() {
      cancelDue?.();
      cancelTimer?.();
    },
  };
}
