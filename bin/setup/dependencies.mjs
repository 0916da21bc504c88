import {readFileSync, rmSync, symlinkSync} from 'node:fs';
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
  if (findMissing(root).length > 0) {
    const count = listWanted(readLock(join(root, 'package-lock.json'))).length;
    await step(
      `installing ${count} packages by npm ci (160 MB, 400 MB in node_modules): libraries, ` +
        'compiler, test tools and a Node 24 of its own, each as the lock file has it',
      () => install(root, env),
    );
  } else if (!isExecutable(join(root, 'node_modules', '.bin', 'node'))) {
    await provideNode(root, env);
  }
}

/** @param {string} root */
function findMissing(root) {
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'));
  return listMissing(readLock(join(root, 'package-lock.json')), installed);
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
 * npm leaves out an optional package that is too new for the Node it runs on (18 lacks rolldown's
 * binary): what is still missing is added on the Node that has just come.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
async function install(root, env) {
  await runNpm(root, env, ['ci']);
  await provideNode(root, env);
  if (findMissing(root).length > 0) {
    const node = join(root, 'node_modules', '.bin', 'node');
    await runNpm(root, {...env, npm_node_execpath: node}, ['install', '--no-save']);
    await provideNode(root, env);
  }
  const [missing] = findMissing(root);
  if (missing)
    throw new Error(`npm left out ${missing}, and this machine needs it: try a newer npm`);
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} command
 */
async function runNpm(root, env, command) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm's own waits between attempts add up to 75 s of silence without a network.
  const retries = [
    '--fetch-retries=3',
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=4000',
  ];
  const args = [...command, ...quiet, ...retries];
  const npm = env.npm_execpath?.endsWith('npm-cli.js') ? env.npm_execpath : undefined;
  const outcome = npm
    ? await run(env.npm_node_execpath ?? process.execPath, [npm, ...args], {cwd: root, env})
    : await run('npm', args, {cwd: root, env});
  if (outcome.code === 0) return;
  throw new Error(`npm ${command[0]}: ${reasonOf(outcome)}; check the network and start again`);
}

/**
 * Links the packaged Node where npm scripts and the launcher look (npm 9 does not). It needs a glibc
 * in its usual place: where it does not start (plain NixOS) there is no link, and all go on with the
 * Node of PATH.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
async function provideNode(root, env) {
  const name = `node-${process.platform}-${process.arch}`;
  const link = join(root, 'node_modules', '.bin', 'node');
  rmSync(link, {force: true});
  if (await isNewNode(join(root, 'node_modules', name, 'bin', 'node'))) {
    symlinkSync(join('..', name, 'bin', 'node'), link);
    return;
  }
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
