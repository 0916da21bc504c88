/*
 * Fetches packages of another Debian suite and unpacks them into a folder, with an apt of its own:
 * private sources, lists, status and cache. The machine's apt settings are read for its proxy and
 * its time limits only; none of its hooks runs and none of its folders is written, as root too.
 */
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {printSource} from './apt-sources.mjs';
import {reasonOf, run} from './processes.mjs';

/**
 * @typedef {{uri: string, suite: string, keyring: string, architecture: string, folder: string}}
 *   Archive folder: an empty one, which then holds the apt and `root`
 * @typedef {Archive & {name: string}} WantedPackage
 */

/**
 * Gives the folder with the package's files. Throws when a signature or a checksum is wrong.
 * @param {WantedPackage} wanted
 * @returns {Promise<string>}
 */
export function fetchDebianPackage({name, ...archive}) {
  return fetchInto(archive, name, ['download', '-q', name], archive.folder);
}

/**
 * The same with all that the package depends on, down to the C library.
 * @param {WantedPackage} wanted
 * @returns {Promise<string>}
 */
export function fetchDebianClosure({name, ...archive}) {
  const install = ['install', '-q', '-y', '--download-only', '--no-install-recommends', name];
  return fetchInto(archive, name, install, join(archive.folder, 'cache', 'archives'));
}

/**
 * @param {Archive} archive
 * @param {string} name
 * @param {readonly string[]} command what has apt-get download
 * @param {string} landing where it puts what it downloads
 */
async function fetchInto(archive, name, command, landing) {
  const {uri, suite, folder} = archive;
  const config = makePrivateApt(archive);
  const apt = (/** @type {readonly string[]} */ ...args) =>
    run('apt-get', ['-c', config, ...args], {cwd: folder});
  const update = await apt('update', '-q');
  // apt-get update exits 0 when it could not reach a mirror and would go on with older lists.
  if (update.code !== 0 || /^(W: Failed|Err:)/m.test(`${update.stderr}${update.stdout}`)) {
    throw new Error(`read the package list of ${suite} from ${uri}: ${reasonOf(update)}`);
  }
  const download = await apt(...command);
  const files = readdirSync(landing).filter((entry) => entry.endsWith('.deb'));
  if (download.code !== 0 || files.length === 0) {
    throw new Error(`download ${name} of ${suite} from ${uri}: ${reasonOf(download)}`);
  }
  const root = join(folder, 'root');
  for (const file of files) {
    const unpack = await run('dpkg', ['-x', join(landing, file), root]);
    if (unpack.code !== 0) throw new Error(`unpack ${file}: ${reasonOf(unpack)}`);
  }
  return root;
}

/** @param {Archive} archive */
function makePrivateApt({uri, suite, keyring, architecture, folder}) {
  for (const part of ['sources', 'none', 'lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(folder, part), {recursive: true});
  }
  // apt leaves what a file: archive holds where it is, and gives all others as files of our own.
  const source = printSource({uri: uri.replace(/^file:/, 'copy:'), suite, keyring});
  writeFileSync(join(folder, 'sources', 'private.sources'), source);
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
