import {defineConfig} from 'vitest/config';
import {TallyReporter} from './test/support/tally-reporter.ts';
import {ContractReporter} from './test/support/tiers/contract-reporter.ts';

const slow = {testTimeout: 60_000, hookTimeout: 60_000};

/** Real servers and terminals share two cores: one file after the other keeps their times honest. */
const oneAtATime = {...slow, fileParallelism: false};

const tallyPath = process.env.CIM_TEST_TALLY;

const project = (name: string, settings: object = {}, extra: readonly string[] = []) => ({
  test: {name, include: [`test/${name}/**/*.test.{ts,tsx}`, ...extra], ...settings},
});

export default defineConfig({
  test: {
    passWithNoTests: true,
    reporters: [
      'default',
      ...(tallyPath ? [new TallyReporter(tallyPath)] : []),
      new ContractReporter(process.env.CIM_TEST_REPORT),
    ],
    projects: [
      project('unit', {testTimeout: 20_000}, ['test/architecture.test.ts']),
      project('contract'),
      project('corpus', slow),
      project('integration', oneAtATime),
      project('box', {...oneAtATime, setupFiles: ['test/support/without-ci.ts']}),
      project('vm', {...oneAtATime, testTimeout: 300_000, hookTimeout: 60_000}),
      project('nix', {...oneAtATime, testTimeout: 120_000, hookTimeout: 120_000}),
      // Ink draws nothing when CI is in the environment, even as CI=false.
      project('e2e', {...oneAtATime, setupFiles: ['test/support/without-ci.ts']}),
    ],
  },
});
