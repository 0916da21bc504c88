import {z} from 'zod';

import {describe} from '../describe.ts';

/** How far a running job is: live, at most five times a second, never stored. */
export const JobProgress = describe(
  z.object({
    id: describe(z.string(), 'of the job'),
    phase: describe(z.string().nullable(), 'what it does now; null: it has one phase only'),
    done: describe(z.number().int().nonnegative(), 'how many units are done'),
    total: describe(z.number().int().nonnegative().nullable(), 'how many there are; null: unknown'),
    unit: describe(z.string(), 'what is counted, e.g. "event"'),
    perSecond: describe(
      z.number().nonnegative().nullable(),
      'units a second so far; null: too early to say',
    ),
    remainingMs: describe(
      z.number().int().nonnegative().nullable(),
      'milliseconds it will still take, about; null: too early to say',
    ),
  }),
  {id: 'JobProgress', description: 'how far a running job is: live, never stored'},
);
export type JobProgress = z.infer<typeof JobProgress>;

/** The newest progress of each running job, by its id. */
export type JobProgresses = Readonly<Record<string, JobProgress>>;

/** A rate is told once a job has run for so long. */
const EARLY_MS = 500;

/** Progress with its rate and remaining time, from what was done since the job began here. */
export function withRate(
  progress: Omit<JobProgress, 'perSecond' | 'remainingMs'>,
  elapsedMs: number,
): JobProgress {
  const {done, total} = progress;
  if (elapsedMs < EARLY_MS || done === 0) {
    return {...progress, perSecond: null, remainingMs: null};
  }
  const perMs = done / elapsedMs;
  const remainingMs = total === null ? null : Math.ceil(Math.max(0, total - done) / perMs);
  return {...progress, perSecond: perMs * 1000, remainingMs};
}
