import {z} from 'zod';

import {describe} from '../describe.ts';
import {Channel} from '../envelope.ts';
import {rowFields} from '../row-fields.ts';
import {JobAccepted, JobOutcome, JobResult} from './events.ts';
import {JobProgress} from './progress.ts';

/** running: it works · asking: cut off by a restart · cancelling: it is to end · ended. */
export const JobPhase = z.enum(['running', 'asking', 'cancelling', 'ended']);
export type JobPhase = z.infer<typeof JobPhase>;

/** A job as the events have made it. */
export const JobStateRow = JobAccepted.extend({
  id: describe(z.string(), 'UUID: of the command'),
  state: JobPhase.describe(
    'works; cut off by a restart, and asks; somebody wants its end; has ended',
  ),
  actor: describe(z.string().nullable(), 'login name of whose wish it is'),
  channel: Channel.nullable().describe('how the wish came in, as the client claims'),
  acceptedAt: describe(z.iso.datetime(), 'when it was taken on'),
  expiresAt: describe(z.string().nullable(), 'ISO time until which it asks; null: it does not ask'),
  endedAt: describe(z.string().nullable(), 'ISO time; null: it has not ended'),
  outcome: JobOutcome.nullable().describe('null: it has not ended'),
  reason: describe(z.string().nullable(), 'why it ended so; null: nothing to say'),
  result: JobResult.nullable().describe('null: it did not come so far'),
  ...rowFields,
});
export type JobStateRow = Readonly<z.infer<typeof JobStateRow>>;

/** A job as `job list` gives it. */
export const JobRow = JobStateRow.extend({
  progress: JobProgress.nullable().describe('null: not told yet, or it does not run'),
});
export type JobRow = Readonly<z.infer<typeof JobRow>>;
