/*
 * Fetches one package of another Debian suite and unpacks it into a folder, with an apt of its own:
 * private sources, lists, status and cache. The machine's apt settings are read for its proxy and
 * its time limits only; none of its hooks runs and none of its folders is written, as root too.
 */
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {printSource} from './apt-sources.mjs';
import {reasonOf, run} from './processes.mjs';

/**
 * @typedef {{uri: string, suite: string, keyring: string, name: string, architecture: string,
 *   folder: string}} WantedPackage folder: an empty one, which then holds the apt and `root`
 */

/**
 * Gives the folder with the package's files. Throws when a signature or a checksum is wrong.
 * @param {WantedPackage} wanted
 * @returns {Promise<string>}
 */
export async function fetchDebianPackage(wanted) {
  const {uri, suite, name, folder} = wanted;
  const config = makePrivateApt(wanted);
  const apt = (/** @type {string[]} */ ...args) =>
    run('apt-get', ['-c', config, ...args], {cwd: folder});
  const update = await apt('update', '-q');
  // apt-get update exits 0 when it could not reach a mirror and would go on with older lists.
  if (update.code !== 0 || /^(W: Failed|Err:)/m.test(`${update.stderr}${update.stdout}`)) {
    throw new Error(`read the package list of ${suite} from ${uri}: ${reasonOf(update)}`);
  }
  const download = await apt('download', '-q', name);
  const file = readdirSync(folder).find((entry) => entry.endsWith('.deb'));
  if (download.code !== 0 || !file) {
    throw new Error(`download ${name} of ${suite} from ${uri}: ${reasonOf(download)}`);
  }
  const root = join(folder, 'root');
  const unpack = await run('dpkg', ['-x', join(folder, file), root]);
  if (unpack.code !== 0) throw new Error(`unpack ${file}: ${reasonOf(unpack)}`);
  return root;
}

/** @param {WantedPackage} wanted */
function makePrivateApt({uri, suite, keyring, architecture, folder}) {
  for (const part of ['sources', 'none', 'lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(folder, part), {recursive: true});
  }
  writeFileSync(join(folder, 'sources', 'private.sources'), printSource({uri, suite, keyring}));
  writeFileSync(join(folder, 'status'), '');
  const path = join(folder, 'apt.conf');
  writeFileSync(path, printAptConfig(folder, architecture));
  return path;
}

/**
 * @param {string} folder
 * @param {string} architecture
 * @returns {string}
 */
export function printAptConfig(folder, architecture) {
  /** @type {[string, string][]} */
  const settings = [
    ['APT::Architecture', architecture],
    ['APT::Architectures::', architecture],
    ['APT::Default-Release', ''],
    // _apt may not enter a home; without its sandbox nothing else changes.
    ['APT::Sandbox::User', ''],
    ['APT::Get::AllowUnauthenticated', 'false'],
    ['Acquire::AllowInsecureRepositories', 'false'],
    ['Acquire::AllowWeakRepositories', 'false'],
    ['Acquire::AllowDowngradeToInsecureRepositories', 'false'],
    ['Acquire::Languages', 'none'],
    ['Acquire::PDiffs', 'false'],
    ['Acquire::Retries', '2'],
    ['Acquire::http::Timeout', '30'],
    ['Acquire::https::Timeout', '30'],
    ['Dir::Etc::SourceList', '/dev/null'],
    ['Dir::Etc::SourceParts', join(folder, 'sources')],
    ['Dir::Etc::Preferences', '/dev/null'],
    ['Dir::Etc::PreferencesParts', join(folder, 'none')],
    ['Dir::Etc::Trusted', '/dev/null'],
    ['Dir::Etc::TrustedParts', join(folder, 'none')],
    ['Dir::State::Lists', join(folder, 'lists')],
    ['Dir::State::Status', join(folder, 'status')],
    ['Dir::Cache', join(folder, 'cache')],
  ];
  return [
    '#clear APT::Update;',
    '#clear APT::Architectures;',
    ...settings.map(([name, value]) => `${name} "${value}";`),
    '',
  ].join('\n');
}
