import type {CimEvent} from '../envelope.ts';
import {ownValue} from '../own.ts';
import {setFields} from '../set-fields.ts';
import type {Step} from '../step.ts';
import {COPYING, type Table, type TableWriter} from '../table.ts';
import type {JobStateRow} from './row.ts';

/** A job, from its acceptance on; those that have ended are kept for a while. */
export type JobState = JobStateRow;

export type Jobs = Table<JobState>;

export const initialJobs: Jobs = {};

/** How many that have ended are kept; the oldest go first. */
export const ENDED_KEPT = 100;

/** An event at its place with what its envelope says. */
interface Happening extends Step {
  readonly event: Pick<CimEvent, 'actor' | 'channel'>;
}

/** The jobs after one more event. Never throws on a known event. */
export function evolveJobs(jobs: Jobs, happening: Happening, writer: TableWriter = COPYING): Jobs {
  const {fact, time} = happening;
  switch (fact.type) {
    case 'cim.job.accepted.v1':
      return accept(jobs, happening, writer);
    case 'cim.job.interrupted.v1':
      return change(jobs, happening, writer, {state: 'asking', expiresAt: fact.data.expiresAt});
    case 'cim.job.resumed.v1':
      return change(jobs, happening, writer, {state: 'running', expiresAt: null});
    case 'cim.job.cancel-requested.v1':
      return change(jobs, happening, writer, {state: 'cancelling', expiresAt: null});
    case 'cim.job.ended.v1': {
      const {outcome, reason, result} = fact.data;
      const end = {
        state: 'ended',
        outcome,
        reason,
        result,
        endedAt: time,
        expiresAt: null,
      } as const;
      return prune(change(jobs, happening, writer, end), writer);
    }
    default:
      return jobs;
  }
}

function accept(jobs: Jobs, happening: Happening, writer: TableWriter): Jobs {
  const {fact, time, event} = happening;
  if (fact.type !== 'cim.job.accepted.v1' || ownValue(jobs, fact.subject) !== undefined) {
    return jobs;
  }
  const begun: Omit<JobState, 'since' | 'sequence' | 'fields'> = {
    ...fact.data,
    id: fact.subject,
    state: 'running',
    actor: event.actor ?? null,
    channel: event.channel ?? null,
    acceptedAt: time,
    expiresAt: null,
    endedAt: null,
    outcome: null,
    reason: null,
    result: null,
  };
  return writer.put(jobs, begun.id, setFields<JobState>('job', undefined, begun, happening));
}

/** What has ended stays so, whatever comes behind it. */
function change(
  jobs: Jobs,
  happening: Happening,
  writer: TableWriter,
  changes: Partial<JobState>,
): Jobs {
  const known = ownValue(jobs, happening.fact.subject);
  return known === undefined || known.state === 'ended'
    ? jobs
    : writer.put(jobs, known.id, setFields('job', known, changes, happening));
}

function prune(jobs: Jobs, writer: TableWriter): Jobs {
  const ended = Object.values(jobs).filter(({state}) => state === 'ended');
  const surplus = ended
    .toSorted((a, b) => a.sequence - b.sequence)
    .slice(0, Math.max(0, ended.length - ENDED_KEPT));
  return writer.drop(
    jobs,
    surplus.map(({id}) => id),
  );
}
