import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {findMirrors} from './apt-sources.mjs';
import {
  debianCodename,
  findArchiveKeyring,
  hasApt,
  readAptSources,
  readOsRelease,
} from './machine.mjs';
import {run} from './processes.mjs';

/**
 * @typedef {{mirrors: string[], keyring: string}} DebianSource
 * @typedef {{uri: string, keyring: string, architecture: string, folder: string}} DebianPlace
 */

/**
 * Where this machine gets packages of Debian from, or what it lacks for that.
 * @returns {DebianSource | {lack: string}}
 */
export function findDebianSource() {
  const codename = debianCodename(readOsRelease());
  if (!hasApt() || !codename) return {lack: 'only on Debian is it fetched'};
  const mirrors = findMirrors(readAptSources(), codename);
  const keyring = findArchiveKeyring();
  if (!keyring) return {lack: 'the package debian-archive-keyring is missing'};
  if (mirrors.length === 0) return {lack: 'the apt sources name no Debian mirror'};
  return {mirrors, keyring};
}

/**
 * Does the work with one mirror after the other, each time in an empty folder that is removed
 * afterwards, whatever happens. Throws the reason of the first mirror when none will do.
 * @template T
 * @param {DebianSource} source
 * @param {string} parent where the folders are made
 * @param {(place: DebianPlace) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function tryMirrors({mirrors, keyring}, parent, work) {
  const architecture = await readArchitecture();
  /** @type {unknown[]} */
  const reasons = [];
  for (const uri of mirrors) {
    try {
      return await withFolder(parent, (folder) => work({uri, keyring, architecture, folder}));
    } catch (error) {
      reasons.push(error);
    }
  }
  throw reasons[0];
}

/** What Debian calls this machine's architecture: `amd64`, `arm64`. */
export async function readArchitecture() {
  return (await run('dpkg', ['--print-architecture'])).stdout.trim();
}

/**
 * @template T
 * @param {string} parent
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withFolder(parent, work) {
  mkdirSync(parent, {recursive: true});
  const folder = mkdtempSync(join(parent, 'fetching-'));
  const cleanUp = () => rmSync(folder, {recursive: true, force: true});
  process.once('exit', cleanUp);
  try {
    return await work(folder);
  } finally {
    cleanUp();
    process.off('exit', cleanUp);
  }
}
