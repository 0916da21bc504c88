import {readFile} from 'node:fs/promises';
import {test} from 'vitest';
import {z} from 'zod';

import type {Ended} from '#test/support/stage.ts';
import {describeRun} from './contract.ts';
import type {Stage} from './contract-run.ts';
import {isWhole, RunOutcome} from './run-outcome.ts';

/** A stage in which a vitest can be run over this checkout, which may be read-only there. */
export interface Elsewhere {
  readonly stage: Stage;
  /** Where the checkout lies in it. */
  readonly checkout: string;
  /** Runs a program in it to its end. */
  run(file: string, ...args: readonly string[]): Promise<Ended>;
  /** Where a path of it is seen from here. */
  path(inside: string): string;
}

const REPORT = '/run/contract-suites.json';
const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Runs contract suites of real drivers in another stage, by the files `<contract>-<driver>.test.ts`
 * that run them here, and gives how they ended. @throws an Error where one has not come to its end
 */
export async function runContracts(
  {stage, checkout, run, path}: Elsewhere,
  names: readonly string[],
): Promise<readonly RunOutcome[]> {
  const {code, stdout, stderr} = await run(
    ...([
      'env',
      `--chdir=${checkout}`,
      `PATH=${checkout}/node_modules/.bin:${SYSTEM_PATH}`,
    ] as const),
    ...[`CIM_TEST_STAGE=${stage}`, `CIM_TEST_REPORT=${REPORT}`, 'NO_COLOR=1'],
    // The loader that vitest would choose writes beside the packages.
    ...['vitest', 'run', '--configLoader=native', '--project=contract', '--project=integration'],
    ...names.map((name) => `contract/${name}.test.ts`),
  );
  const said = `exit ${code}: ${stderr.trim()}\n${stdout.slice(-3000)}`;
  const outcomes = await readReport(path(REPORT), said);
  const whole = outcomes
    .filter(isWhole)
    .map(({run: {contract, driver}}) => `${contract}-${driver}`);
  const missing = names.filter((name) => !whole.includes(name));
  const hasFailed = outcomes.some(({tests}) => tests.some(({state}) => state === 'failed'));
  if (missing.length > 0 || (code !== 0 && !hasFailed)) {
    throw new Error(`run contract suites in the ${stage}: not run: ${missing.join(', ')}; ${said}`);
  }
  return outcomes;
}

async function readReport(path: string, said: string): Promise<readonly RunOutcome[]> {
  try {
    return z.array(RunOutcome).parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new Error(`run contract suites: no report; ${said}`, {cause});
  }
}

/** Each test that ran elsewhere, as a test here that ends the same way. */
export function describeOutcomes(outcomes: readonly RunOutcome[]): void {
  for (const {run, tests} of outcomes) {
    describeRun(run, () => {
      for (const {name, state, words} of tests) {
        test(name, ({skip}) => {
          if (state === 'skipped') skip(words);
          if (state !== 'passed') throw new Error(words);
        });
      }
    });
  }
}
