/*
 * npm test: sets up, then runs every check and every tier that needs no stage of root's, whatever
 * fails on the way. `test.mjs TIER [ARGUMENTS]` runs one tier, with arguments for vitest.
 */
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {ROOT, setUp} from './start.mjs';
import {addTallies, printTally, readTally} from './tally.mjs';
import {runMain, say} from './terminal.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */

const CHECKS = [['biome', 'ci', '.'], ['tsc'], ['tsc', '-p', 'tsconfig.pure.json']];
const TIERS = ['unit', 'contract', 'corpus', 'integration', 'nix', 'e2e'];

await runMain(async () => {
  await setUp();
  const [, , tier, ...rest] = process.argv;
  const tallies = tier === undefined ? await runAll() : [await runTier(tier, rest)];
  const total = addTallies(tallies);
  if (rest.length > 0 && total.passed + total.failed + total.skipped.length === 0) {
    throw new Error(`no test of ${tier} fits ${rest.join(' ')}`);
  }
  process.stdout.write(printTally(total));
  return total.failed === 0 ? 0 : 1;
});

async function runAll() {
  /** @type {Tally[]} */
  const tallies = [];
  for (const command of CHECKS) tallies.push(await runCheck(command));
  for (const tier of TIERS) tallies.push(await runTier(tier));
  return tallies;
}

/**
 * @param {readonly string[]} command
 * @returns {Promise<Tally>}
 */
async function runCheck(command) {
  say(command.join(' '));
  const hasPassed = (await runTool(command)) === 0;
  const failures = hasPassed ? [] : [{name: command.join(' '), reason: 'its words stand above'}];
  return {passed: hasPassed ? 1 : 0, failed: failures.length, skipped: [], failures};
}

/**
 * @param {string} tier
 * @param {readonly string[]} [rest]
 * @returns {Promise<Tally>}
 */
async function runTier(tier, rest = []) {
  say(`tests: ${tier}`);
  const folder = mkdtempSync(join(tmpdir(), 'cim-tally-'));
  const path = join(folder, 'tally.json');
  try {
    const code = await runTool(['vitest', 'run', '--project', tier, ...rest], {
      CIM_TEST_TALLY: path,
    });
    return readTally(readText(path), code);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

/**
 * Runs a tool of node_modules on the packaged Node, in sight.
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {Promise<number>}
 */
function runTool([tool = '', ...args], extra = {}) {
  const bin = join(ROOT, 'node_modules', '.bin');
  const env = {...process.env, ...extra, PATH: `${bin}:${process.env.PATH}`};
  return new Promise((resolve) => {
    const child = spawn(join(bin, tool), args, {cwd: ROOT, env, stdio: 'inherit'});
    child.on('error', (error) => {
      say(error.message);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 128));
  });
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
