import {z} from 'zod';

import type {CommandDescriptor} from '../command.ts';

const JOB = {name: 'JOB', to: 'target', summary: 'id of the job, or how it begins'} as const;

export const cancelJob = {
  aggregate: 'job',
  verb: 'cancel',
  name: 'CancelJob',
  summary: 'end a job; what it has done so far stays',
  schema: z.object({}),
  danger: 'asks',
  inverse: {none: 'it can be begun anew'},
  restart: 'fail',
  words: [JOB],
  flags: [],
} as const satisfies CommandDescriptor;

export const resumeJob = {
  aggregate: 'job',
  verb: 'resume',
  name: 'ResumeJob',
  summary: 'let a job go on that a restart cut off, and that asks',
  schema: z.object({}),
  danger: 'plain',
  inverse: {none: 'it can be cancelled'},
  restart: 'fail',
  words: [JOB],
  flags: [],
} as const satisfies CommandDescriptor;
