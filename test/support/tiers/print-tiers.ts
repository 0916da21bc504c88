/*
 * npm run tiers: for every contract and driver where and when its suite ran last, or that it never
 * did. With -- --json one JSON line each.
 */
import {tableLines} from '#cli/table.ts';
import {Stage} from './contract-run.ts';
import {PAIRS} from './drivers.ts';
import {type RecordedRun, readTiers, wasSkipped} from './tiers-file.ts';

const HEADS = ['contract', 'driver', 'stage', 'result', 'when', 'version', 'commit'];

/** A driver of a contract, with its last run in one stage; null: none in any. */
export interface TierRow {
  readonly contract: string;
  readonly driver: string;
  readonly run: RecordedRun | null;
}

/** Every driver of every contract, in as many rows as there are stages that it ran in. */
export function tierRows(recorded: readonly RecordedRun[]): readonly TierRow[] {
  const order = (run: RecordedRun) => Stage.options.indexOf(run.stage);
  return PAIRS.flatMap(({contract, driver}) => {
    const runs = recorded
      .filter((run) => run.contract === contract && run.driver === driver)
      .toSorted((one, other) => order(one) - order(other));
    return (runs.length === 0 ? [null] : runs).map((run) => ({contract, driver, run}));
  });
}

/** The rows as a table for people. */
export function tierLines(rows: readonly TierRow[]): readonly string[] {
  const cells = rows.map(({contract, driver, run}) => [
    ...[contract, driver, run?.stage ?? '-', resultOf(run)],
    ...[run === null ? '-' : `${run.at.slice(0, 16)}Z`, run?.version ?? '-', run?.commit ?? '-'],
  ]);
  return tableLines(HEADS, cells);
}

/** In words: what passed, what did not, and why what was skipped was. */
export function resultOf(run: RecordedRun | null): string {
  if (run === null) return 'not at all';
  const {passed, failed, skipped} = run;
  const reasons = [...new Set(skipped.map(({reason}) => reason))].join('; ');
  if (wasSkipped(run)) return `not at all: ${reasons}`;
  const rest = skipped.length === 0 ? '' : `, ${skipped.length} skipped: ${reasons}`;
  if (failed.length === 0) return `${passed} passed${rest}`;
  const others = failed.length === 1 ? '' : `, and ${failed.length - 1} more`;
  return `FAILED: ${failed[0]}${others}`;
}

if (import.meta.main) {
  const rows = tierRows(readTiers());
  const lines = process.argv.includes('--json')
    ? rows.map(({run, ...pair}) => JSON.stringify({...pair, result: resultOf(run), ...run}))
    : tierLines(rows);
  process.stdout.write(`${lines.join('\n')}\n`);
}
