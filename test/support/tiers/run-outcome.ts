import type {TestCase, TestModule, TestSuite} from 'vitest/node';
import {z} from 'zod';

import {ContractRun, printRun} from './contract-run.ts';

/** How one test of a suite ended; `words` say why it was skipped, or what was wrong. */
export const TestOutcome = z.object({
  name: z.string(),
  state: z.enum(['passed', 'failed', 'skipped', 'unfinished']),
  words: z.string(),
});
export type TestOutcome = z.infer<typeof TestOutcome>;

/** How a suite ended on one driver in one stage. */
export const RunOutcome = z.object({run: ContractRun, tests: z.array(TestOutcome)});
export type RunOutcome = z.infer<typeof RunOutcome>;

/** What vitest has seen of contract suites. Files that hold the same run count as one. */
export function readOutcomes(modules: readonly TestModule[]): readonly RunOutcome[] {
  const outcomes = modules.flatMap((module) => {
    const broken = module.errors().map(({message}) => brokenBy('the file', message));
    return [...module.children.allSuites()].flatMap((suite) => outcomeOf(suite, broken));
  });
  const byRun = Map.groupBy(outcomes, ({run}) => printRun(run));
  return [...byRun.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : {run: first.run, tests: [first, ...others].flatMap(({tests}) => tests)},
  );
}

/**
 * Whether all tests of a suite were run, or have said why not: one that a filter left out has not,
 * nor one that was never reached.
 */
export const isWhole = ({tests}: RunOutcome): boolean =>
  tests.length > 0 &&
  tests.every(({state, words}) => state !== 'unfinished' && (state !== 'skipped' || words !== ''));

function outcomeOf(suite: TestSuite, broken: readonly TestOutcome[]): readonly RunOutcome[] {
  const {contractRun: run} = suite.meta();
  if (run === undefined) return [];
  const tests = [...suite.children.allTests()].map(testOutcome);
  const causes = [...broken, ...suite.errors().map(({message}) => brokenBy('a hook', message))];
  if (causes.length === 0) return [{run, tests}];
  const reached = tests.filter(({state, words}) => state !== 'skipped' || words !== '');
  return [{run, tests: [...causes, ...reached]}];
}

const brokenBy = (name: string, words: string): TestOutcome => ({name, state: 'failed', words});

function testOutcome(test: TestCase): TestOutcome {
  const {name} = test;
  const result = test.result();
  switch (result.state) {
    case 'passed':
      return {name, state: 'passed', words: ''};
    case 'failed':
      return brokenBy(name, result.errors.map(({message, stack}) => stack ?? message).join('\n'));
    case 'skipped':
      return {name, state: 'skipped', words: result.note ?? ''};
    case 'pending':
      return {name, state: 'unfinished', words: ''};
  }
}
