import type {z} from 'zod';

import {type CommandExample, commandIdAt, type EventExamples, LEAF, SOCKET} from '../story.ts';
import type {cancelJob, resumeJob} from './commands.ts';
import type {jobEvents} from './events.ts';
import type {JobProgress} from './progress.ts';
import type {JobRow} from './row.ts';

const ACCEPTED = {sequence: 11, time: '2026-11-23T08:03:30.110Z'} as const;
/** The job bears the id of its command. */
const JOB = commandIdAt(ACCEPTED.time, ACCEPTED.sequence);
const command = 'event.verify';

/** Another job: a port shows where it is. */
export const IDENTIFY = {
  sequence: 47,
  time: '2026-11-23T11:58:01.510Z',
  subject: commandIdAt('2026-11-23T11:58:01.510Z', 47),
  isWished: true,
  data: {command: 'port.identify', target: SOCKET, data: {}},
} as const;

export const jobEventExamples: EventExamples<typeof jobEvents> = {
  'cim.job.accepted.v1': {
    ...ACCEPTED,
    subject: JOB,
    isWished: true,
    data: {command, target: LEAF, data: {}},
    also: [IDENTIFY],
  },
  'cim.job.interrupted.v1': {
    sequence: 17,
    time: '2026-11-23T08:31:00.020Z',
    subject: JOB,
    data: {command, expiresAt: '2026-11-23T08:36:00.020Z'},
  },
  'cim.job.resumed.v1': {
    sequence: 18,
    time: '2026-11-23T08:32:10.400Z',
    subject: JOB,
    isWished: true,
    data: {command, reason: 'asked'},
  },
  'cim.job.cancel-requested.v1': {
    sequence: 29,
    time: '2026-11-23T11:40:00.100Z',
    subject: JOB,
    isWished: true,
    data: {command},
  },
  'cim.job.ended.v1': {
    sequence: 30,
    time: '2026-11-23T11:40:00.131Z',
    subject: JOB,
    data: {command, outcome: 'cancelled', reason: null, result: null},
  },
};

export const resumeJobExample: CommandExample<z.input<typeof resumeJob.schema>> = {
  target: JOB,
  time: '2026-11-23T08:32:10.391Z',
  data: {},
  event: jobEventExamples['cim.job.resumed.v1'],
  refusal: {refused: 'job-ended', detail: JOB},
};

export const cancelJobExample: CommandExample<z.input<typeof cancelJob.schema>> = {
  target: JOB,
  time: '2026-11-23T11:40:00.092Z',
  data: {},
  event: jobEventExamples['cim.job.cancel-requested.v1'],
  refusal: {refused: 'unknown-job', detail: JOB},
};

export const progressExample: z.input<typeof JobProgress> = {
  id: JOB,
  phase: null,
  done: 410_000,
  total: 1_000_000,
  unit: 'event',
  perSecond: 68_000,
  remainingMs: 8677,
};

const {sequence} = ACCEPTED;

export const jobRowExample: z.input<typeof JobRow> = {
  id: JOB,
  command,
  target: LEAF,
  data: {},
  state: 'running',
  actor: 'anna',
  channel: 'console',
  acceptedAt: ACCEPTED.time,
  expiresAt: null,
  endedAt: null,
  outcome: null,
  reason: null,
  result: null,
  since: ACCEPTED.time,
  sequence,
  fields: {
    command: sequence,
    target: sequence,
    data: sequence,
    id: sequence,
    state: sequence,
    actor: sequence,
    channel: sequence,
    acceptedAt: sequence,
    expiresAt: sequence,
    endedAt: sequence,
    outcome: sequence,
    reason: sequence,
    result: sequence,
  },
  progress: progressExample,
};
