import {z} from 'zod';

import {describe} from '../describe.ts';

/** Each event of a job says which command it is: it can be read alone. */
const Command = describe(z.string(), 'command that it carries out, e.g. "event.verify"');

export const JobOutcome = z.enum(['done', 'failed', 'cancelled', 'expired']);
export type JobOutcome = z.infer<typeof JobOutcome>;

/** What a job counted, by name. `wrong` is the first thing found wrong: null, nothing was. */
export const JobResult = describe(
  z.record(z.string(), z.number().int().nullable()),
  'counts by name; "wrong": the first thing found wrong, null: nothing was',
);
export type JobResult = z.infer<typeof JobResult>;

/** A command that takes long was taken on. Its id is the job's. */
export const JobAccepted = describe(
  z.object({
    command: Command,
    target: describe(z.string(), 'as the command named it'),
    data: describe(z.record(z.string(), z.unknown()), 'of the command'),
  }),
  'A command that takes long was taken on; its id is the id of the job.',
);

/** A restart cut it off, and it asks whether to go on. */
export const JobInterrupted = describe(
  z.object({
    command: Command,
    expiresAt: describe(z.iso.datetime(), 'when nobody need answer any more: it ends then'),
  }),
  'A restart cut the job off. It waits for an answer: go on, or not.',
);

/** It goes on: it begins anew with what it was asked for. */
export const JobResumed = describe(
  z.object({
    command: Command,
    reason: describe(z.enum(['restart', 'asked']), 'by itself after a restart; somebody wished so'),
  }),
  'The job goes on after a restart.',
);

export const JobCancelRequested = describe(
  z.object({command: Command}),
  'Somebody wants the job to end; its end tells when it has.',
);

/** How it ended. */
export const JobEnded = describe(
  z.object({
    command: Command,
    outcome: JobOutcome.describe(
      'done; failed, or cut off; ended by a wish; nobody answered in time',
    ),
    reason: describe(z.string().nullable(), 'in words; null: nothing to say'),
    result: JobResult.nullable().describe('null: it did not come so far'),
  }),
  'The job has ended.',
);

export const jobEvents = {
  'cim.job.accepted.v1': JobAccepted,
  'cim.job.interrupted.v1': JobInterrupted,
  'cim.job.resumed.v1': JobResumed,
  'cim.job.cancel-requested.v1': JobCancelRequested,
  'cim.job.ended.v1': JobEnded,
} as const;
