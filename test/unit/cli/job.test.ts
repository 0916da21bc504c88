import {afterEach, beforeEach, describe, expect, it} from 'vitest';

import type {CliWorld} from '#cli/verb.ts';
import type {LeafClient} from '#client/leaf-client.ts';
import {CimError} from '#domain/errors.ts';
import {USE_CASES} from '#services/registry.ts';
import {memoryGround} from '#test/support/grounds.ts';
import {type AgentLife, annaOn, beginLife, type LeafGround} from '#test/support/leaf-ground.ts';
import {createHeldJobs} from '#test/support/made-up-jobs.ts';
import {runWords} from '#test/support/run-words.ts';
import {until} from '#test/support/until.ts';

const IDENTITY = {leafId: 'l', storeId: '0b0e7c1e-5f0a-4f0c-9a70-8a2f0f5b7f12'};
const ID = '01890000-0000-7000-8000-00000000000c';

let ground: LeafGround;
let life: AgentLife;
let held: ReturnType<typeof createHeldJobs>;

beforeEach(async () => {
  ground = await memoryGround(IDENTITY);
  held = createHeldJobs();
  const useCases = [...USE_CASES, ...held.useCases];
  life = await beginLife({ground, identity: IDENTITY, epoch: 1, useCases});
});
afterEach(() => life.kill());

interface Said {
  readonly out: string[];
  readonly err: string[];
  readonly status: (string | null)[];
}

/** A command line at work: what it has said so far, and its exit code. */
function typed(argv: readonly string[], changes: Partial<CliWorld> & {client?: LeafClient} = {}) {
  const said: Said = {out: [], err: [], status: []};
  const interrupt = new AbortController();
  const {client = annaOn(ground, IDENTITY), ...rest} = changes;
  const world = {
    out: (line: string) => void said.out.push(line),
    err: (line: string) => void said.err.push(line),
    status: (line: string | null) => void said.status.push(line),
    connect: () => Promise.resolve({client, close: () => Promise.resolve()}),
    messageId: () => ID,
    now: Date.now,
    signal: interrupt.signal,
    ...rest,
  } as unknown as CliWorld;
  const code = runWords(argv, world);
  return {said, code, interrupt: () => interrupt.abort()};
}

const isTold = (lines: readonly unknown[]): boolean => lines.length > 0;

const hasEnded = () =>
  until(
    () => life.service.journal.inventory().jobs[ID]?.state,
    (state) => state === 'ended',
  );

/** Begins a job that the test holds. */
async function beginHeld(verb = 'wait-resume') {
  const client = annaOn(ground, IDENTITY);
  await client.send({aggregate: 'leaf', verb, target: 'l', data: {}, id: ID});
  const [work] = await until(() => held.begun, isTold);
  if (work === undefined) throw new TypeError('it has begun');
  return work;
}

describe('event verify', () => {
  it('says that it is accepted, follows, and says how it ended', async () => {
    const {said, code} = typed(['event', 'verify']);
    expect(await code).toBe(0);
    expect(said.out).toEqual([
      expect.stringMatching(`^accepted: event verify, job ${ID} \\(event \\d+\\)$`),
      expect.stringMatching(`^event verify: done, \\d+ events, nothing wrong \\(job ${ID}\\)$`),
    ]);
    expect(said.status.at(-1)).toBeNull();
  });

  it('exits 1 where something is wrong', async () => {
    await life.kill();
    const store = ground.createStore();
    const verify = async () => ({events: 5, wrong: 3});
    life = await beginLife({ground, identity: IDENTITY, epoch: 2, store: {...store, verify}});
    const {said, code} = typed(['event', 'verify']);
    expect(await code).toBe(1);
    expect(said.out.at(-1)).toContain('event verify: done, 5 events, wrong at 3');
  });

  it('is left to itself with --no-wait, and in a console', async () => {
    const alone = typed(['event', 'verify', '--no-wait']);
    expect([await alone.code, alone.said.out.length]).toEqual([0, 1]);
    await hasEnded();
    const inside = typed(['event', 'verify'], {
      detaches: true,
      messageId: () => `${ID.slice(0, -1)}d`,
    });
    expect([await inside.code, inside.said.out.length]).toEqual([0, 1]);
  });

  it('that is not answered in time says how to see what came of it', async () => {
    const late = {
      ...annaOn(ground, IDENTITY),
      send: () => Promise.reject(new CimError('time-is-up', 'request x')),
    };
    const verify = typed(['event', 'verify', '--json'], {client: late});
    expect(await verify.code).toBe(5);
    expect(verify.said.err).toEqual([
      `cim-tui: no answer in time (request x); it may still happen: \`cim-tui job show ${ID}\``,
    ]);
    expect(JSON.parse(verify.said.out[0] ?? '')).toMatchObject({code: 'time-is-up', id: ID});
    const label = typed(['leaf', 'label', 'A'], {client: late});
    expect(await label.code).toBe(5);
    expect(label.said.err[0]).toContain(`it may still happen: repeated with \`--id ${ID}\``);
  });
});

describe('job follow', () => {
  it('tells how far it is on one line, and the end on stdout', async () => {
    const work = await beginHeld();
    const {said, code} = typed(['job', 'follow', ID.slice(0, 8)]);
    await until(() => {
      work.work.onProgress({done: 3, total: 4});
      return said.status;
    }, isTold);
    expect(said.status[0]).toMatch(/^75 %, 3 of 4 steps/);
    work.finish(4);
    expect(await code).toBe(0);
    expect(said.out).toEqual([`leaf wait-resume: done, 4 steps (job ${ID})`]);
    expect(said.status.at(-1)).toBeNull();
  });

  it('is JSON alone with --json: progress, then the job', async () => {
    const work = await beginHeld();
    const {said, code} = typed(['job', 'follow', ID, '--json']);
    await until(() => {
      work.work.onProgress({done: 3, total: 4});
      return said.out;
    }, isTold);
    work.finish(4);
    expect(await code).toBe(0);
    const lines = said.out.map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({id: ID, done: 3, total: 4});
    expect(lines.at(-1)).toMatchObject({id: ID, outcome: 'done', result: {steps: 4}});
  });

  it('leaves the job alone when interrupted, and says how to follow and cancel it', async () => {
    const work = await beginHeld();
    const {said, code, interrupt} = typed(['job', 'follow', ID]);
    await until(() => {
      work.work.onProgress({done: 1, total: 4});
      return said.status;
    }, isTold);
    interrupt();
    expect(await code).toBe(130);
    expect(said.err).toEqual([
      `it goes on: \`cim-tui job follow ${ID}\`, or \`cim-tui job cancel ${ID}\``,
    ]);
    expect(work.work.signal.aborted).toBe(false);
  });

  it('tells that it was cancelled, and exits 1', async () => {
    const work = await beginHeld();
    const {said, code} = typed(['job', 'follow', ID]);
    await until(() => {
      work.work.onProgress({done: 1, total: 4});
      return said.status;
    }, isTold);
    const cancel = typed(['job', 'cancel', ID, '--yes'], {messageId: () => `${ID.slice(0, -1)}d`});
    expect(await cancel.code).toBe(0);
    expect(await code).toBe(1);
    expect(said.err).toEqual(['leaf wait-resume: is to end']);
    expect(said.out).toEqual([`leaf wait-resume: cancelled (job ${ID})`]);
  });

  it('of one that has ended says how; of none, that there is none', async () => {
    (await beginHeld()).fail(new Error('no disk'));
    const failed = typed(['job', 'follow', ID]);
    expect(await failed.code).toBe(1);
    expect(failed.said.out[0]).toContain('leaf wait-resume: failed, Error: no disk');
    const again = typed(['job', 'follow', ID]);
    expect([await again.code, again.said.out]).toEqual([1, failed.said.out]);
    const none = typed(['job', 'follow', 'ffff']);
    expect([await none.code, none.said.err[0]]).toEqual([
      3,
      expect.stringContaining('there is no such job: ffff'),
    ]);
  });
});

describe('job list', () => {
  it('has open jobs and ended ones, now and as they were', async () => {
    const work = await beginHeld();
    const {sequence} = life.service.journal.inventory();
    work.finish(2);
    await hasEnded();
    const now = typed(['job', 'list']);
    expect(await now.code).toBe(0);
    expect(now.said.out[1]).toMatch(
      new RegExp(`^${ID} +leaf wait-resume +done +2 steps +anna +0s$`),
    );
    const then = typed(['job', 'list', '--at', String(sequence)]);
    expect(await then.code).toBe(0);
    expect(then.said.out[1]).toMatch(new RegExp(`^${ID} +leaf wait-resume +running +- +anna `));
  });
});
