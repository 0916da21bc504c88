import type {Fact} from '#domain/catalogue.ts';
import type {CommandDescriptor} from '#domain/command.ts';
import type {JobOutcome, JobResult} from '#domain/job/events.ts';
import type {JobState} from '#domain/job/state.ts';
import type {Inventory} from '#projections/inventory.ts';

/** How long a job that a restart cut off waits for an answer. */
export const ASK_MS = 300_000;

/** How a job ended. */
export interface JobEnd {
  readonly outcome: JobOutcome;
  readonly reason: string | null;
  readonly result: JobResult | null;
}

export const endFact = ({id, command}: Pick<JobState, 'id' | 'command'>, end: JobEnd): Fact => ({
  type: 'cim.job.ended.v1',
  subject: id,
  data: {command, ...end},
});

/** Ends of jobs whose work did not come so far. */
const unfinished = (outcome: JobOutcome, reason: string): JobEnd => ({
  outcome,
  reason,
  result: null,
});

export const EXPIRED = unfinished('expired', 'nobody answered in time');
export const UNKNOWN_COMMAND = unfinished('failed', 'this version does not know the command');
const CUT_OFF = unfinished('failed', 'cut off by a restart');
const CANCELLED = unfinished('cancelled', 'a restart cut it off');

/** Moments as events carry them: UTC in one form, so that their texts are in their order. */
interface Moments {
  readonly now: string;
  /** Until when a job asks that begins to. */
  readonly expiresAt: string;
}

/**
 * What an agent that begins stores of a job that was open: no work of it is under way any more.
 * Undefined: nothing, it goes on asking.
 */
export function factAfterRestart(
  job: JobState,
  restart: CommandDescriptor['restart'] | undefined,
  {now, expiresAt}: Moments,
): Fact | undefined {
  const {id: subject, command} = job;
  switch (job.state) {
    case 'ended':
      return undefined;
    case 'cancelling':
      return endFact(job, CANCELLED);
    case 'asking':
      return job.expiresAt !== null && job.expiresAt <= now ? endFact(job, EXPIRED) : undefined;
    case 'running':
      break;
  }
  switch (restart) {
    case undefined:
      return endFact(job, UNKNOWN_COMMAND);
    case 'fail':
      return endFact(job, CUT_OFF);
    case 'resume':
      return {type: 'cim.job.resumed.v1', subject, data: {command, reason: 'restart'}};
    case 'ask':
      return {type: 'cim.job.interrupted.v1', subject, data: {command, expiresAt}};
  }
}

/** The jobs that have not ended and that this agent may write of. */
export const openJobs = ({jobs, readOnly}: Inventory): readonly JobState[] =>
  Object.values(jobs).filter(
    ({id, state}) => state !== 'ended' && readOnly[`job/${id}`] === undefined,
  );
