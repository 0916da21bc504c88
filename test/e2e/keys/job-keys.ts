import {type KeyRow, key, marked, typed} from '#test/support/key-rows.ts';

/** What takes long: one is begun, and looked at once it has ended. */
export const JOB_KEYS: readonly KeyRow[] = [
  key('all', 'b', '─JOBS (0 open, 0 ended)'),
  key('jobs', 'V', marked('event verify +done +\\d+ events, nothing wrong +')),
  key('jobs', 'C', 'this job has ended already'),
  key('jobs', 'R', 'this job does not ask'),
  key('jobs', 'enter', /^─WHY JOB event verify/),
  typed('\u001b', '─JOBS (0 open, 1 ended)'),
  key('jobs', 'b', /^ events .* checked to \d+ /),
];
