import {describe, expect, it} from 'vitest';

import type {Fact} from '#domain/catalogue.ts';
import {ownValue} from '#domain/own.ts';
import {factAfterRestart, openJobs} from '#services/job/life.ts';
import {inventoryAfter, jobAccepted} from '#test/support/facts.ts';
import {codeOf, decide} from '#test/support/wishes.ts';

const ID = '01890000-0000-7000-8000-0000000000b1';
const OTHER = '01890000-0000-7000-8000-0000000000b2';
const command = 'event.verify';
const EXPIRES = '2026-11-22T16:05:00.000Z';
const MOMENTS = {now: '2026-11-22T16:04:00.000Z', expiresAt: '2026-11-22T16:09:00.000Z'};

const interrupted: Fact = {
  type: 'cim.job.interrupted.v1',
  subject: ID,
  data: {command, expiresAt: EXPIRES},
};
const cancelRequested: Fact = {type: 'cim.job.cancel-requested.v1', subject: ID, data: {command}};
const ended: Fact = {
  type: 'cim.job.ended.v1',
  subject: ID,
  data: {command, outcome: 'done', reason: null, result: null},
};

const RUNNING = [jobAccepted(ID)];
const ASKING = [...RUNNING, interrupted];
const CANCELLING = [...RUNNING, cancelRequested];
const ENDED = [...RUNNING, ended];

describe('an agent that finds a job open', () => {
  const found = (
    facts: readonly Fact[],
    restart: 'resume' | 'fail' | 'ask' | undefined,
    now = MOMENTS.now,
  ) => {
    const job = ownValue(inventoryAfter(...facts).jobs, ID);
    const fact = job && factAfterRestart(job, restart, {...MOMENTS, now});
    return fact === undefined ? null : [fact.type, fact.data];
  };

  it.each([
    ['resume', ['cim.job.resumed.v1', {command, reason: 'restart'}]],
    [
      'fail',
      [
        'cim.job.ended.v1',
        {command, outcome: 'failed', reason: 'cut off by a restart', result: null},
      ],
    ],
    ['ask', ['cim.job.interrupted.v1', {command, expiresAt: MOMENTS.expiresAt}]],
  ] as const)('whose command declares %s stores so', (restart, expected) => {
    expect(found(RUNNING, restart)).toEqual(expected);
  });

  it('whose command it does not know has it failed', () => {
    expect(found(RUNNING, undefined)).toMatchObject([
      'cim.job.ended.v1',
      {outcome: 'failed', reason: 'this version does not know the command'},
    ]);
  });

  it('lets one that asks go on asking until its time, whatever its command declares', () => {
    expect(found(ASKING, 'resume')).toBeNull();
    expect(found(ASKING, 'ask', EXPIRES)).toMatchObject(['cim.job.ended.v1', {outcome: 'expired'}]);
  });

  it('has one cancelled that was to end, and leaves one that has ended', () => {
    expect(found(CANCELLING, 'resume')).toMatchObject(['cim.job.ended.v1', {outcome: 'cancelled'}]);
    expect(found(ENDED, 'resume')).toBeNull();
  });

  it('leaves what a newer version has written of', () => {
    const inventory = inventoryAfter(...RUNNING, jobAccepted(OTHER));
    expect(openJobs(inventory).map(({id}) => id)).toEqual([ID, OTHER]);
    const newer = {...inventory, readOnly: {[`job/${ID}`]: 9}};
    expect(openJobs(newer).map(({id}) => id)).toEqual([OTHER]);
  });
});

describe('wishes about a job', () => {
  it.each([
    ['job.cancel', RUNNING, 'cim.job.cancel-requested.v1'],
    ['job.cancel', ASKING, 'cim.job.ended.v1'],
    ['job.cancel', CANCELLING, 'nothing-to-change'],
    ['job.cancel', ENDED, 'job-ended'],
    ['job.resume', RUNNING, 'nothing-to-change'],
    ['job.resume', ASKING, 'cim.job.resumed.v1'],
    ['job.resume', CANCELLING, 'nothing-to-change'],
    ['job.resume', ENDED, 'job-ended'],
  ] as const)('%s after %j: %s', (name, facts, expected) => {
    expect(codeOf(decide(name, inventoryAfter(...facts), {target: ID}))).toBe(expected);
  });

  it('know it by the beginning of its id, where no other begins so', () => {
    const inventory = inventoryAfter(...RUNNING, jobAccepted(OTHER, 'leaf.move'));
    const code = (target: string) => codeOf(decide('job.cancel', inventory, {target}));
    expect(code(ID.slice(0, 35))).toBe('ambiguous-job');
    expect(code(ID.slice(0, 8))).toBe('ambiguous-job');
    expect(code('')).toBe('unknown-job');
    expect(code(OTHER)).toBe('cim.job.cancel-requested.v1');
  });

  it('are refused on a picture that is old', () => {
    const inventory = inventoryAfter(...ASKING);
    for (const name of ['job.cancel', 'job.resume']) {
      expect(codeOf(decide(name, inventory, {target: ID, seen: 1}))).toBe('changed-meanwhile');
      expect(codeOf(decide(name, inventory, {target: ID, seen: 2}))).toMatch(/^cim\./);
    }
  });
});
