import {spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Reporter, TestModule, Vitest} from 'vitest/node';
import {z} from 'zod';

import {readOutcomes} from './run-outcome.ts';
import {recordOutcomes} from './tiers-file.ts';

const Manifest = z.object({version: z.string()});

/**
 * Records what contract suites have proved, for `npm run tiers`. With a path it writes that there
 * in full instead: for whoever runs suites in another stage and records them from outside.
 */
export class ContractReporter implements Reporter {
  readonly #reportPath: string | undefined;
  #root = '';

  constructor(reportPath: string | undefined) {
    this.#reportPath = reportPath;
  }

  onInit({config}: Vitest): void {
    this.#root = config.root;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const outcomes = readOutcomes(modules);
    if (this.#reportPath !== undefined) {
      writeFileSync(this.#reportPath, JSON.stringify(outcomes));
    } else if (outcomes.length > 0) {
      recordQuietly(() => {
        const {version} = Manifest.parse(
          JSON.parse(readFileSync(join(this.#root, 'package.json'), 'utf8')),
        );
        const at = new Date().toISOString();
        recordOutcomes(outcomes, {at, version, commit: readCommit(this.#root)});
      });
    }
  }
}

/** A cache that cannot be written makes no test fail. */
function recordQuietly(record: () => void): void {
  try {
    record();
  } catch (error) {
    console.warn(`npm run tiers will not know of this run: ${error}`);
  }
}

/** The commit of a tree, with a `+` when files differ from it; null where git does not say. */
export function readCommit(root: string): string | null {
  const git = (...args: readonly string[]) =>
    spawnSync('git', args, {cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']});
  const commit = git('rev-parse', '--short', 'HEAD');
  const changes = git('status', '--porcelain');
  if (commit.status !== 0 || changes.status !== 0) return null;
  return `${commit.stdout.trim()}${changes.stdout === '' ? '' : '+'}`;
}
