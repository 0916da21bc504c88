import {mkdtemp, readFile, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';

import {ROOT} from '#test/support/stage.ts';
import {endOf, startTied} from '#test/support/tiers/children.ts';
import {readTiers} from '#test/support/tiers/tiers-file.ts';

/** Suites that end in every way there is. */
const SUITES = `
  import {beforeAll, expect, test} from 'vitest';
  import {describeContract} from '${ROOT}/test/support/tiers/contract.ts';

  describeContract({contract: 'clock', driver: 'memory'}, () => {
    test('holds', () => {});
    test('cannot', ({skip}) => skip('no sun here'));
  });
  describeContract({contract: 'bus', driver: 'nats'}, () => {
    test('holds', () => {});
    test('breaks', () => expect(1).toBe(2));
  });
  describeContract({contract: 'lease', driver: 'nats'}, () => {
    beforeAll(() => { throw new Error('no server'); });
    test('is never reached', () => {});
  });
  describeContract({contract: 'log', driver: 'log', lack: 'no disk'}, () => {
    test('holds', () => {});
  });
  describeContract({contract: 'codec', driver: 'system'}, () => {
    test('holds', () => {});
    test.skip('is left out', () => {});
  });
  test('is of no contract', () => {});
`;

const CONFIG = `
  import {ContractReporter} from '${ROOT}/test/support/tiers/contract-reporter.ts';
  export default {test: {reporters: ['dot', new ContractReporter(process.env.CIM_TEST_REPORT)]}};
`;

let folder: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cim-reporter-'));
  env = {...process.env, XDG_CACHE_HOME: join(folder, 'cache'), CIM_TEST_STAGE: 'namespace'};
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({version: '7.0.0'}));
  await writeFile(join(folder, 'vitest.config.mjs'), CONFIG);
  await writeFile(join(folder, 'all.test.mjs'), SUITES);
});
afterEach(() => rm(folder, {recursive: true}));

async function runVitest(...args: readonly string[]): Promise<void> {
  const program = join(ROOT, 'node_modules', '.bin', 'vitest');
  const words = [program, 'run', '--root', folder, '--configLoader=native', ...args];
  const {code, stdout} = await endOf(startTied(process.execPath, words, {env, cwd: folder}));
  expect(stdout).toMatch(/Tests .*1 failed/);
  expect(code).toBe(1);
}

test('records whole runs of contract suites, and nothing else', async () => {
  await runVitest('--testNamePattern=breaks');
  expect(readTiers(env)).toEqual([]);

  await runVitest();
  const occasion = {at: expect.any(String), version: '7.0.0', commit: null};
  const run = (contract: string, driver: string) => ({contract, driver, stage: 'namespace'});
  const skipped = (name: string, reason: string) => ({skipped: [{name, reason}]});
  expect(readTiers(env)).toEqual([
    {
      ...run('clock', 'memory'),
      passed: 1,
      failed: [],
      ...skipped('cannot', 'no sun here'),
      ...occasion,
    },
    {...run('bus', 'nats'), passed: 1, failed: ['breaks'], skipped: [], ...occasion},
    {...run('lease', 'nats'), passed: 0, failed: ['a hook'], skipped: [], ...occasion},
    {...run('log', 'log'), passed: 0, failed: [], ...skipped('cannot run', 'no disk'), ...occasion},
  ]);
});

test('writes all it knows to a file for who asks, and records nothing then', async () => {
  const path = join(folder, 'report.json');
  env = {...env, CIM_TEST_REPORT: path};
  await runVitest();
  const report: unknown = JSON.parse(await readFile(path, 'utf8'));
  expect(report).toContainEqual({
    run: {contract: 'bus', driver: 'nats', stage: 'namespace'},
    tests: [
      {name: 'holds', state: 'passed', words: ''},
      {name: 'breaks', state: 'failed', words: expect.stringContaining('expected 1 to be 2')},
    ],
  });
  expect(readTiers(env)).toEqual([]);
});
