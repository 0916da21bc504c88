import {readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {findExecutables, isExecutable, reasonOf, run} from './processes.mjs';
import {step} from './terminal.mjs';
import {isAtLeast, parseVersion} from './versions.mjs';

/**
 * @typedef {{version?: string, optional?: boolean, os?: string | string[], cpu?: string | string[],
 *   libc?: string | string[]}} LockedPackage
 * @typedef {{packages?: Record<string, LockedPackage>}} LockFile
 * @typedef {{os: string, cpu: string, libc: 'glibc' | 'musl'}} Machine
 */

const LEAST_NODE = /** @type {const} */ ([24, 0, 0]);

/**
 * Installs what the lock file names when something of it is not there. Throws one sentence.
 * @param {{root: string, env: NodeJS.ProcessEnv}} place
 */
export async function provideDependencies({root, env}) {
  const wanted = readLock(join(root, 'package-lock.json'));
  const missing = listMissing(wanted, readLock(join(root, 'node_modules', '.package-lock.json')));
  const isNodeThere = isExecutable(join(root, 'node_modules', '.bin', 'node'));
  if (missing.length > 0) {
    await step(
      `installing ${listWanted(wanted).length} packages by npm ci (160 MB, 400 MB in node_modules): ` +
        'libraries, compiler, test tools and a Node 24 of its own, each as the lock file has it',
      () => install(root, env),
    );
  }
  if (missing.length > 0 || !isNodeThere) await checkNode(root, env);
}

/**
 * The packages that a lock file holds for a machine, less those that are installed as it says.
 * @param {LockFile} lock
 * @param {LockFile} installed npm's own record of node_modules, written when all of it is there
 * @param {Machine} [machine]
 * @returns {string[]}
 */
export function listMissing(lock, installed, machine = thisMachine()) {
  const there = installed.packages ?? {};
  return listWanted(lock, machine).filter(
    (path) => there[path]?.version !== lock.packages?.[path]?.version,
  );
}

/**
 * @param {LockFile} lock
 * @param {Machine} [machine]
 * @returns {string[]}
 */
function listWanted(lock, machine = thisMachine()) {
  const named = Object.entries(lock.packages ?? {}).filter(([path]) => path !== '');
  return named.filter(([, entry]) => suits(entry, machine)).map(([path]) => path);
}

/**
 * An optional package that names no machine hangs on one that does, and npm leaves out both.
 * @param {LockedPackage} entry
 * @param {Machine} machine
 */
function suits(entry, {os, cpu, libc}) {
  if (entry.optional && !entry.os && !entry.cpu) return false;
  const allows = (/** @type {string | string[] | undefined} */ list, /** @type {string} */ word) =>
    list === undefined || [list].flat().includes(word);
  return allows(entry.os, os) && allows(entry.cpu, cpu) && allows(entry.libc, libc);
}

/** @returns {Machine} */
function thisMachine() {
  const report = /** @type {{header?: object}} */ (process.report?.getReport() ?? {});
  const isGlibc = 'glibcVersionRuntime' in (report.header ?? {});
  return {os: process.platform, cpu: process.arch, libc: isGlibc ? 'glibc' : 'musl'};
}

/**
 * @param {string} path
 * @returns {LockFile}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
async function install(root, env) {
  const npm = env.npm_execpath?.endsWith('npm-cli.js') ? env.npm_execpath : undefined;
  const node = env.npm_node_execpath ?? process.execPath;
  // npm's own waits between attempts add up to 75 s of silence without a network.
  const retries = [
    '--fetch-retries=3',
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=4000',
  ];
  const args = [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...retries,
  ];
  const outcome = npm
    ? await run(node, [npm, ...args], {cwd: root, env})
    : await run('npm', args, {cwd: root, env});
  if (outcome.code === 0) return;
  throw new Error(`npm ci: ${reasonOf(outcome)}; check the network and start again`);
}

/**
 * The packaged Node needs a glibc in its usual place. Where it does not start (plain NixOS), its
 * link goes, and with it every npm script runs on the Node of PATH.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
async function checkNode(root, env) {
  const packaged = join(root, 'node_modules', '.bin', 'node');
  if (await isNewNode(packaged)) return;
  rmSync(packaged, {force: true});
  for (const path of findExecutables('node', env.PATH)) {
    if (await isNewNode(path)) return;
  }
  throw new Error(
    'the packaged Node does not start here and PATH has no Node 24 or newer: install one ' +
      '(on NixOS: nix shell nixpkgs#nodejs_24)',
  );
}

/** @param {string} path */
async function isNewNode(path) {
  const {code, stdout} = await run(path, ['--version']);
  const version = parseVersion(stdout);
  return code === 0 && version !== undefined && isAtLeast(version, LEAST_NODE);
}
