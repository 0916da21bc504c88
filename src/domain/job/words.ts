import type {Fact} from '../catalogue.ts';
import type {JobOutcome, JobResult} from './events.ts';
import type {JobProgress} from './progress.ts';

/** `event verify`, as the command line has it. */
export const commandWords = (command: string): string => command.replace('.', ' ');

interface JobWords {
  readonly object: string;
  readonly what: string;
  readonly detail: string;
}

/** An event of a job in people's words. */
export function describeJob(fact: Extract<Fact, {type: `cim.job.${string}`}>): JobWords {
  const object = commandWords(fact.data.command);
  switch (fact.type) {
    case 'cim.job.accepted.v1':
      return {object, what: 'accepted', detail: fact.data.target};
    case 'cim.job.interrupted.v1':
      return {object, what: 'asks', detail: `cut off by a restart; until ${fact.data.expiresAt}`};
    case 'cim.job.resumed.v1': {
      const detail = fact.data.reason === 'restart' ? 'by itself, after a restart' : '';
      return {object, what: 'goes on', detail};
    }
    case 'cim.job.cancel-requested.v1':
      return {object, what: 'is to end', detail: ''};
    case 'cim.job.ended.v1':
      return {object, what: fact.data.outcome, detail: endWords(fact.data)};
  }
}

interface JobEnd {
  readonly outcome: JobOutcome | null;
  readonly reason: string | null;
  readonly result: JobResult | null;
}

/** What came of it: `1,012 events, nothing wrong`, or why it ended. */
export function endWords({reason, result}: JobEnd): string {
  const {wrong, ...counts} = result ?? {};
  const parts = Object.entries(counts).map(([name, count]) => `${grouped(count ?? 0)} ${name}`);
  const verdict =
    wrong === undefined ? [] : [wrong === null ? 'nothing wrong' : `wrong at ${wrong}`];
  return [...parts, ...verdict, ...(reason === null ? [] : [reason])].join(', ');
}

/** True when a job did what it was asked for and found nothing wrong. */
export const isGood = ({outcome, result}: JobEnd): boolean =>
  outcome === 'done' && (result?.wrong ?? null) === null;

/** `41 %, 9 s left, 410,000 of 1,000,000 events, 68,000 a second`. */
export function progressWords({phase, done, total, unit, perSecond, remainingMs}: JobProgress) {
  const share =
    total === null || total === 0 ? [] : [`${Math.floor((Math.min(done, total) / total) * 100)} %`];
  const of = total === null ? '' : ` of ${grouped(total)}`;
  return [
    ...(phase === null ? [] : [phase]),
    ...share,
    ...(remainingMs === null ? [] : [`${spanWords(remainingMs)} left`]),
    `${grouped(done)}${of} ${unit}s`,
    ...(perSecond === null ? [] : [`${grouped(Math.round(perSecond))} a second`]),
  ].join(', ');
}

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** `9 s`, `2 min`, `3 h`, rounded up: nobody waits longer than told. */
function spanWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) {
    return `${seconds} s`;
  }
  return seconds < 7200 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} h`;
}
