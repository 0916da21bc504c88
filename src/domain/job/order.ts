import type {JobState, Jobs} from './state.ts';

/** Open jobs first, then those that have ended, the newest event first in each. */
export const jobsInOrder = (jobs: Jobs): readonly JobState[] =>
  Object.values(jobs).sort(
    (a, b) => Number(a.state === 'ended') - Number(b.state === 'ended') || b.sequence - a.sequence,
  );

/** The jobs that have not ended. */
export const openJobsOf = (jobs: Jobs): readonly JobState[] =>
  jobsInOrder(jobs).filter(({state}) => state !== 'ended');

/** The newest walk over the whole digest chain; undefined: none is known. */
export const lastCheck = (jobs: Jobs): JobState | undefined =>
  jobsInOrder(jobs).find(({command, outcome}) => command === 'event.verify' && outcome === 'done');
