import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {z} from 'zod';

import {cacheFolder} from '#bin/setup/cache.mjs';
import {ContractRun, printRun} from './contract-run.ts';
import {isWhole, type RunOutcome} from './run-outcome.ts';

/** The last time that a contract's suite ran as a whole on a driver in a stage. */
export const RecordedRun = ContractRun.extend({
  passed: z.number().int().nonnegative(),
  failed: z.array(z.string()).describe('names of tests'),
  skipped: z.array(z.object({name: z.string(), reason: z.string()})),
  at: z.iso.datetime(),
  version: z.string(),
  commit: z.string().nullable().describe('short, with a + when the tree was not as committed'),
});
export type RecordedRun = z.infer<typeof RecordedRun>;

/** When and of what a run was. */
export type Occasion = Pick<RecordedRun, 'at' | 'version' | 'commit'>;

/** `<cache>/tiers.json`. */
export const tiersPath = (env: NodeJS.ProcessEnv): string => join(cacheFolder(env), 'tiers.json');

/** What was recorded here; what cannot be read, of another version for one, counts as not run. */
export function readTiers(env: NodeJS.ProcessEnv = process.env): readonly RecordedRun[] {
  try {
    const entries = z.array(z.unknown()).parse(JSON.parse(readFileSync(tiersPath(env), 'utf8')));
    return entries.flatMap((entry) => RecordedRun.safeParse(entry).data ?? []);
  } catch {
    return []; // nothing ran yet, or the file is no JSON
  }
}

/** Adds runs to what others recorded. @throws an Error where the cache cannot be written */
export function recordOutcomes(
  outcomes: readonly RunOutcome[],
  occasion: Occasion,
  env: NodeJS.ProcessEnv = process.env,
): void {
  const runs = outcomes.filter(isWhole).map((outcome) => recordOf(outcome, occasion));
  if (runs.length === 0) return;
  const path = tiersPath(env);
  const aside = `${path}.${process.pid}`;
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(aside, `${JSON.stringify(mergeRuns(readTiers(env), runs), null, 1)}\n`);
  renameSync(aside, path);
}

/** Nothing but skipped: it says nothing of the driver. */
export const wasSkipped = ({passed, failed}: RecordedRun): boolean =>
  passed === 0 && failed.length === 0;

/** The newer run of each contract, driver and stage; one that was skipped replaces no other. */
export function mergeRuns(
  before: readonly RecordedRun[],
  now: readonly RecordedRun[],
): readonly RecordedRun[] {
  const runs = new Map(before.map((run) => [printRun(run), run]));
  for (const run of now) {
    const older = runs.get(printRun(run));
    if (older === undefined || wasSkipped(older) || !wasSkipped(run)) runs.set(printRun(run), run);
  }
  return [...runs.values()];
}

function recordOf({run, tests}: RunOutcome, occasion: Occasion): RecordedRun {
  const named = (wanted: string) => tests.filter(({state}) => state === wanted);
  return {
    ...run,
    passed: named('passed').length,
    failed: named('failed').map(({name}) => name),
    skipped: named('skipped').map(({name, words}) => ({name, reason: words})),
    ...occasion,
  };
}
