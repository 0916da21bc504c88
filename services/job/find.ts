import type {Refusal} from '#domain/command.ts';
import type {JobState, Jobs} from '#domain/job/state.ts';
import {ownValue} from '#domain/own.ts';
import type {Inventory} from '#projections/inventory.ts';

import {newerEvent} from '../use-case.ts';

/** The job with an id, or the only one whose id begins so. */
export function findJob(jobs: Jobs, target: string): JobState | Refusal {
  const whole = ownValue(jobs, target);
  if (whole !== undefined) {
    return whole;
  }
  const found = Object.values(jobs).filter(({id}) => target !== '' && id.startsWith(target));
  const [job, second] = found;
  if (job === undefined) {
    return {refused: 'unknown-job', detail: target};
  }
  return second === undefined
    ? job
    : {refused: 'ambiguous-job', detail: found.map(({id}) => id).join(', ')};
}

/** The same, for a job that has not ended and that this agent may write of. */
export function findOpenJob({jobs, readOnly}: Inventory, target: string): JobState | Refusal {
  const job = findJob(jobs, target);
  const newer = newerEvent({readOnly}, 'job', 'refused' in job ? target : job.id);
  if (newer !== undefined || 'refused' in job) {
    return newer ?? job;
  }
  return job.state === 'ended'
    ? {refused: 'job-ended', detail: `${job.id}, ${job.outcome}`, by: {sequence: job.sequence}}
    : job;
}
