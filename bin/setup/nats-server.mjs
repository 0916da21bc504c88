import {mkdirSync, readdirSync, renameSync} from 'node:fs';
import {join} from 'node:path';
import {fetchDebianPackage} from './debian-package.mjs';
import {findDebianSource, tryMirrors} from './debian-source.mjs';
import {readGlibcVersion} from './machine.mjs';
import {findExecutables, isExecutable, run} from './processes.mjs';
import {step} from './terminal.mjs';
import {isAtLeast, parseVersion, printVersion} from './versions.mjs';

/** @typedef {{path: string, version: string}} NatsServer */

/** Older servers ignore settings of a stream that the event store lives by, without a word. */
const LEAST = /** @type {const} */ ([2, 12, 0]);
/** What the package of the suite was linked against. */
const LEAST_GLIBC = /** @type {const} */ ([2, 34, 0]);
const SUITE = 'sid';
const REMEDY =
  'install nats-server 2.12 or newer, or set CIM_NATS_SERVER to its path ' +
  '(bin/cim-tui --demo needs none)';

/**
 * Finds a nats-server that is new enough, or fetches one into the cache. Throws one sentence.
 * @param {{cache: string, env: NodeJS.ProcessEnv}} place
 * @returns {Promise<NatsServer>}
 */
export async function provideNatsServer({cache, env}) {
  const chosen = env.CIM_NATS_SERVER;
  if (chosen) return await readChosen(chosen);
  const places = [...findExecutables('nats-server', env.PATH), ...listCached(cache)];
  /** @type {string[]} */
  const tooOld = [];
  for (const path of places) {
    const found = await readNatsServer(path);
    if (found && isNewEnough(found)) return found;
    tooOld.push(`${path} (${found?.version ?? 'does not start'})`);
  }
  const seen = tooOld.length > 0 ? `too old here: ${tooOld.join(', ')}` : 'none here';
  return await fetchNatsServer(cache, seen);
}

/** @param {string} path */
async function readChosen(path) {
  const found = await readNatsServer(path);
  if (found && isNewEnough(found)) return found;
  const seen = found ? `is version ${found.version}` : 'is not a nats-server that starts here';
  throw new Error(`CIM_NATS_SERVER names ${path}, which ${seen}: ${REMEDY}`);
}

/**
 * @param {string} path
 * @returns {Promise<NatsServer | undefined>}
 */
async function readNatsServer(path) {
  const {code, stdout, stderr} = await run(path, ['--version']);
  const text = stdout || stderr;
  const version = code === 0 && text.startsWith('nats-server') ? parseVersion(text) : undefined;
  return version && {path, version: printVersion(version)};
}

/** @param {NatsServer} server */
function isNewEnough({version}) {
  const parsed = parseVersion(version);
  return parsed !== undefined && isAtLeast(parsed, LEAST);
}

/** @param {string} cache */
function listCached(cache) {
  try {
    const folders = readdirSync(cache)
      .filter((name) => name.startsWith('nats-server-'))
      .sort();
    return folders
      .map((name) => join(cache, name, 'nats-server'))
      .filter(isExecutable)
      .reverse();
  } catch {
    return [];
  }
}

/**
 * @param {string} cache
 * @param {string} seen
 * @returns {Promise<NatsServer>}
 */
async function fetchNatsServer(cache, seen) {
  const source = findSource();
  if ('lack' in source) throw new Error(`no nats-server (${seen}), and ${source.lack}: ${REMEDY}`);
  return await step(
    `fetching nats-server from Debian ${SUITE} (16 MB, 17 MB kept in ${cache}; signatures checked, ` +
      `the system stays as it is): the event store runs on it, ${seen}`,
    async () => {
      try {
        return await fetchFrom(source, cache);
      } catch (error) {
        throw new Error(`${error instanceof Error ? error.message : error}; ${REMEDY}`);
      }
    },
  );
}

/** @returns {import('./debian-source.mjs').DebianSource | {lack: string}} */
function findSource() {
  const source = findDebianSource();
  const glibc = parseVersion(readGlibcVersion() ?? '');
  if ('lack' in source || (glibc && isAtLeast(glibc, LEAST_GLIBC))) return source;
  return {lack: "this machine's libc is older than 2.34"};
}

/**
 * @param {import('./debian-source.mjs').DebianSource} source
 * @param {string} cache
 */
function fetchFrom(source, cache) {
  return tryMirrors(source, cache, async (place) => {
    const root = await fetchDebianPackage({...place, suite: SUITE, name: 'nats-server'});
    return await keep(findBinary(root), place.architecture, cache);
  });
}

/** @param {string} root */
function findBinary(root) {
  const places = ['usr/sbin', 'usr/bin'].map((folder) => join(root, folder, 'nats-server'));
  const path = places.find(isExecutable);
  if (!path) throw new Error('the fetched package holds no nats-server');
  return path;
}

/**
 * @param {string} binary
 * @param {string} architecture
 * @param {string} cache
 * @returns {Promise<NatsServer>}
 */
async function keep(binary, architecture, cache) {
  const found = await readNatsServer(binary);
  if (!found) throw new Error('the fetched nats-server does not start here');
  if (!isNewEnough(found)) throw new Error(`the fetched nats-server is only ${found.version}`);
  const folder = join(cache, `nats-server-${found.version}-${architecture}`);
  const path = join(folder, 'nats-server');
  mkdirSync(folder, {recursive: true});
  renameSync(binary, path);
  return {path, version: found.version};
}
