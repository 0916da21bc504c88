import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';

import {resultOf, tierLines, tierRows} from '#test/support/tiers/print-tiers.ts';
import type {RunOutcome, TestOutcome} from '#test/support/tiers/run-outcome.ts';
import {readTiers, recordOutcomes, tiersPath} from '#test/support/tiers/tiers-file.ts';

const passed = {name: 'holds', state: 'passed', words: ''} as const;
const failed = {name: 'breaks', state: 'failed', words: 'Error: 2'} as const;
const skipped = {name: 'cannot run', state: 'skipped', words: 'needs root'} as const;
const leftOut = {...skipped, words: ''};

const first = {at: '2026-11-26T08:00:00.000Z', version: '0.1.0', commit: 'abc1234'};
const later = {...first, at: '2026-11-26T09:00:00.000Z', commit: 'abc1234+'};

const outcome = (tests: readonly TestOutcome[], run: Partial<RunOutcome['run']> = {}) => ({
  run: {contract: 'bus', driver: 'nats', stage: 'here', ...run} as const,
  tests: [...tests],
});

let env: NodeJS.ProcessEnv;
beforeEach(() => {
  env = {XDG_CACHE_HOME: mkdtempSync(join(tmpdir(), 'cim-tiers-'))};
});
afterEach(() => rmSync(env.XDG_CACHE_HOME ?? '', {recursive: true}));

const record = (tests: readonly TestOutcome[], run: Partial<RunOutcome['run']> = {}) =>
  recordOutcomes([outcome(tests, run)], later, env);

describe('what is recorded', () => {
  beforeEach(() => recordOutcomes([outcome([passed, passed])], first, env));

  test('is kept beside what other runs recorded', () => {
    record([passed, skipped], {stage: 'box'});
    expect(readTiers(env)).toEqual([
      {...outcome([]).run, passed: 2, failed: [], skipped: [], ...first},
      {
        ...outcome([], {stage: 'box'}).run,
        ...{passed: 1, failed: [], skipped: [{name: 'cannot run', reason: 'needs root'}]},
        ...later,
      },
    ]);
    expect(readdirSync(dirname(tiersPath(env)))).toEqual(['tiers.json']);
  });

  test('is the newest of its kind, also when that failed', () => {
    record([passed, failed]);
    expect(readTiers(env)).toMatchObject([{passed: 1, failed: ['breaks'], ...later}]);
  });

  test('is not replaced by a run that was skipped', () => {
    record([skipped]);
    expect(readTiers(env)).toMatchObject([{passed: 2, ...first}]);
    record([skipped], {stage: 'vm'});
    record([passed], {stage: 'vm'});
    expect(readTiers(env)).toMatchObject([first, {stage: 'vm', passed: 1}]);
  });

  test.each([
    ['a filter left tests out', [passed, leftOut]],
    ['it was cut short', [passed, {...passed, state: 'unfinished'} as const]],
    ['it holds no test', []],
  ])('is not touched by a run of a part: %s', (_, tests) => {
    const before = readFileSync(tiersPath(env));
    record(tests);
    expect(readFileSync(tiersPath(env))).toEqual(before);
  });

  test('is nothing where it cannot be read, entry by entry', () => {
    const [run] = readTiers(env);
    writeFileSync(tiersPath(env), JSON.stringify([{...run, stage: 'moon'}, run]));
    expect(readTiers(env)).toEqual([run]);
    writeFileSync(tiersPath(env), '[');
    expect(readTiers(env)).toEqual([]);
  });
});

describe('npm run tiers', () => {
  test('has every driver, with each stage in order, or that it was proven nowhere', () => {
    record([passed], {stage: 'vm'});
    record([passed], {stage: 'box'});
    record([passed], {driver: 'given-up'});
    const rows = tierRows(readTiers(env)).filter(({contract}) => contract === 'bus');
    expect(tierLines(rows)).toEqual([
      'contract  driver      stage  result      when               version  commit',
      'bus       memory-bus  -      not at all  -                  -        -',
      'bus       nats        box    1 passed    2026-11-26T09:00Z  0.1.0    abc1234+',
      'bus       nats        vm     1 passed    2026-11-26T09:00Z  0.1.0    abc1234+',
    ]);
  });

  test.each([
    [[passed, skipped], '1 passed, 1 skipped: needs root'],
    [[passed, failed, skipped], 'FAILED: breaks'],
    [[failed, failed, failed], 'FAILED: breaks, and 2 more'],
    [[skipped, skipped], 'not at all: needs root'],
  ])('says of %j: %s', (tests, words) => {
    record(tests);
    expect(resultOf(readTiers(env)[0] ?? null)).toBe(words);
  });
});
