import fc from 'fast-check';
import {describe, expect, it} from 'vitest';

import type {Fact} from '#domain/catalogue.ts';
import {ENDED_KEPT, type Jobs} from '#domain/job/state.ts';
import {inventoryAfter, jobAccepted} from '#test/support/facts.ts';

const ids = Array.from({length: 4}, (_, at) => `01890000-0000-7000-8000-00000000000${at}`);
const command = 'event.verify';

const ended = (subject: string): Fact => ({
  type: 'cim.job.ended.v1',
  subject,
  data: {command, outcome: 'done', reason: null, result: {events: 3, wrong: null}},
});
const interrupted = (subject: string): Fact => ({
  type: 'cim.job.interrupted.v1',
  subject,
  data: {command, expiresAt: '2026-11-22T16:05:00.000Z'},
});
const resumed = (subject: string): Fact => ({
  type: 'cim.job.resumed.v1',
  subject,
  data: {command, reason: 'restart'},
});
const cancelled = (subject: string): Fact => ({
  type: 'cim.job.cancel-requested.v1',
  subject,
  data: {command},
});

const fact = fc
  .tuple(
    fc.constantFrom(jobAccepted, ended, interrupted, resumed, cancelled),
    fc.constantFrom(...ids),
  )
  .map(([make, id]) => make(id));

const STATES = {
  'cim.job.accepted.v1': 'running',
  'cim.job.interrupted.v1': 'asking',
  'cim.job.resumed.v1': 'running',
  'cim.job.cancel-requested.v1': 'cancelling',
  'cim.job.ended.v1': 'ended',
} as const;

describe('a job', () => {
  it('is what its newest event says, from its acceptance to its end and no further', () => {
    fc.assert(
      fc.property(fc.array(fact, {maxLength: 30}), (facts) => {
        const {jobs} = inventoryAfter(...facts);
        for (const id of ids) {
          const own = facts.filter(({subject}) => subject === id);
          const first = own.findIndex(({type}) => type === 'cim.job.accepted.v1');
          const lived = first < 0 ? [] : own.slice(first);
          const end = lived.findIndex(({type}) => type === 'cim.job.ended.v1');
          const counted = (end < 0 ? lived : lived.slice(0, end + 1)).filter(
            ({type}, at) => at === 0 || type !== 'cim.job.accepted.v1',
          );
          const last = counted.at(-1)?.type as keyof typeof STATES | undefined;
          expect(jobs[id]?.state).toBe(last && STATES[last]);
          expect(jobs[id]?.expiresAt ?? null).toBe(
            last === 'cim.job.interrupted.v1' ? '2026-11-22T16:05:00.000Z' : null,
          );
        }
      }),
    );
  });

  it('keeps for each field the event that set it', () => {
    const [id = ''] = ids;
    const {jobs} = inventoryAfter(jobAccepted(id), cancelled(id), ended(id));
    expect(jobs[id]).toMatchObject({
      sequence: 3,
      fields: {command: 1, target: 1, state: 3, expiresAt: 3, outcome: 3, actor: 1},
    });
  });
});

describe('jobs that have ended', () => {
  const many = (count: number) =>
    Array.from(
      {length: count},
      (_, at) => `01890000-0000-7000-8000-${String(at).padStart(12, '0')}`,
    );
  const kept = (jobs: Jobs) => Object.keys(jobs).toSorted();

  it('are kept, the newest, beside all that are open', () => {
    const all = many(ENDED_KEPT + 5);
    const [open = '', ...others] = all;
    const {jobs} = inventoryAfter(
      ...all.map((id) => jobAccepted(id)),
      ...others.toReversed().map(ended),
    );
    expect(kept(jobs)).toEqual([open, ...others.slice(0, ENDED_KEPT)]);
  });
});
