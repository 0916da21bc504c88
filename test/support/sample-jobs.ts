import {evolveJobs, initialJobs, type Jobs} from '#domain/job/state.ts';
import type {StoredMessage} from '#domain/message.ts';

import {SAMPLE_LEAF, sampleMessage} from './sample-events.ts';

const ids = Array.from({length: 3}, (_, at) => `0199f000-0000-7000-8000-0000000001b${at}`);
const [running = '', asking = '', done = ''] = ids;
const command = 'event.verify';

const accepted = {target: SAMPLE_LEAF, data: {}};

const FACTS: readonly (readonly [subject: string, name: string, data: object])[] = [
  [done, 'accepted', accepted],
  [done, 'ended', {outcome: 'done', reason: null, result: {events: 33, wrong: null}}],
  [asking, 'accepted', {...accepted, target: 'elsewhere'}],
  [asking, 'interrupted', {expiresAt: '2026-11-23T13:36:07.000Z'}],
  [running, 'accepted', accepted],
];

/** What is stored of them. */
const messages: readonly StoredMessage[] = FACTS.map(([subject, name, data], index) =>
  sampleMessage(40 + index, {
    type: `cim.job.${name}.v1`,
    subject,
    data: {command, ...data},
    ago: 60 - index * 10,
    actor: 'ben',
    channel: 'console',
  }),
);

const jobs = messages.reduce<Jobs>((known, message) => {
  if (message.kind !== 'event') {
    throw new TypeError('the sample is an event');
  }
  const {sequence, event} = message;
  return evolveJobs(known, {sequence, time: event.time, fact: event, event});
}, initialJobs);

/** One that runs, one that asks, one that is done, in this order on screen. */
export const jobsWithOneAsking = {running, asking, jobs, messages};
