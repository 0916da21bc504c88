import type {Clock} from '#contracts/clock.ts';
import {type JobProgress, withRate} from '#domain/job/progress.ts';

export interface ProgressOptions {
  readonly clock: Clock;
  readonly id: string;
  readonly unit: string;
  readonly onProgress: (progress: JobProgress) => void;
}

/** Tells how far one job is, not too often. */
export interface ProgressTeller {
  tell(progress: {
    readonly done: number;
    readonly total: number | null;
    readonly phase?: string;
  }): void;
  stop(): void;
}

/** Progress is told at most five times a second. */
export const PROGRESS_EVERY_MS = 200;

/** A teller whose job begins now. What was told too soon after the last is told when it is time. */
export function createProgressTeller(options: ProgressOptions): ProgressTeller {
  const {clock, id, unit, onProgress} = options;
  const startedMs = clock.monotonicMs();
  let next: Omit<JobProgress, 'perSecond' | 'remainingMs'> | undefined;
  let cancel: (() => void) | undefined;
  const send = (): void => {
    cancel = undefined;
    if (next !== undefined) {
      onProgress(withRate(next, clock.monotonicMs() - startedMs));
      next = undefined;
      cancel = clock.after(PROGRESS_EVERY_MS, send);
    }
  };
  return {
    tell({done, total, phase = null}) {
      next = {id, phase, done, total, unit};
      if (cancel === undefined) {
        send();
      }
    },
    stop() {
      next = undefined;
      cancel?.();
    },
  };
}
