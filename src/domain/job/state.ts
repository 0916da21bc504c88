import type {CimEvent} from '../envelope.ts';
import {ownValue} from '../own.ts';
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
  const {fact, sequence, time, event} = happening;
  if (fact.type !== 'cim.job.accepted.v1' || ownValue(jobs, fact.subject) !== undefined) {
    return jobs;
  }
  const job: Omit<JobState, 'fields'> = {
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
    since: time,
    sequence,
  };
  const {since: _since, sequence: _sequence, ...named} = job;
  const fields = Object.fromEntries(Object.keys(named).map((name) => [name, sequence]));
  return writer.put(jobs, job.id, {...job, fields});
}

/** What has ended stays so, whatever comes behind it. */
function change(
  jobs: Jobs,
  {fact, sequence, time}: Happening,
  writer: TableWriter,
  changes: Partial<JobState>,
): Jobs {
  const known = ownValue(jobs, fact.subject);
  if (known === undefined || known.state === 'ended') {
    return jobs;
  }
  const set = Object.fromEntries(Object.keys(changes).map((name) => [name, sequence]));
  const fields = {...known.fields, ...set};
  return writer.put(jobs, known.id, {...known, ...changes, since: time, sequence, fields});
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
