import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseDeb822, parseSourcesList} from './apt-sources.mjs';
import {isExecutable} from './processes.mjs';

/**
 * The fields of an os-release file.
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function parseOsRelease(text) {
  const pairs = text.split('\n').map((line) => /^([A-Z_]+)=(["']?)(.*)\2$/.exec(line.trim()));
  return Object.fromEntries(pairs.flatMap((match) => (match ? [[match[1], match[3]]] : [])));
}

/** @returns {Record<string, string>} */
export function readOsRelease() {
  return parseOsRelease(readFileOr('/etc/os-release', ''));
}

/**
 * The release of Debian that a machine runs or is made from; undefined for others and for Ubuntu,
 * which has an archive of its own.
 * @param {Record<string, string>} release the fields of os-release
 * @returns {string | undefined}
 */
export function debianCodename({ID = '', ID_LIKE = '', DEBIAN_CODENAME, VERSION_CODENAME}) {
  const kinds = [ID, ...ID_LIKE.split(' ')];
  if (!kinds.includes('debian') || kinds.includes('ubuntu')) return undefined;
  return DEBIAN_CODENAME ?? VERSION_CODENAME ?? 'sid';
}

/** Debian and what is made from it, Ubuntu included: what has apt-get and dpkg. */
export function hasApt() {
  return isExecutable('/usr/bin/apt-get') && isExecutable('/usr/bin/dpkg');
}

/** The machine's own apt sources, in both forms. */
export function readAptSources(folder = '/etc/apt') {
  const parts = join(folder, 'sources.list.d');
  const names = existsSync(parts) ? readdirSync(parts).sort() : [];
  const read = (/** @type {string} */ name) => readFileOr(join(parts, name), '');
  return [
    ...parseSourcesList(readFileOr(join(folder, 'sources.list'), '')),
    ...names
      .filter((name) => name.endsWith('.list'))
      .flatMap((name) => parseSourcesList(read(name))),
    ...names.filter((name) => name.endsWith('.sources')).flatMap((name) => parseDeb822(read(name))),
  ];
}

/** The keys of the Debian archive, as the package debian-archive-keyring installs them. */
export function findArchiveKeyring(folder = '/usr/share/keyrings') {
  const names = ['debian-archive-keyring.pgp', 'debian-archive-keyring.gpg'];
  return names.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** The C library that runs this program: `2.36`, or undefined where it is not glibc. */
export function readGlibcVersion() {
  const report = /** @type {{header?: {glibcVersionRuntime?: string}}} */ (
    process.report?.getReport() ?? {}
  );
  return report.header?.glibcVersionRuntime;
}

/**
 * @param {string} path
 * @param {string} otherwise
 */
function readFileOr(path, otherwise) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}
