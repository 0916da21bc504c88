import {execFileSync} from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {fetchDebianClosure, fetchDebianPackage} from '#bin/setup/debian-package.mjs';
import {findExecutables} from '#bin/setup/processes.mjs';
import {makeArchive, makeKey} from '#test/support/debian/archive.ts';

const tools = ['apt-get', 'dpkg-deb', 'gpg'];
const missing = tools.filter((name) => findExecutables(name, process.env.PATH).length === 0);
const name = 'leaf-probe';

describe.skipIf(missing.length > 0)(`with a signed archive (needs ${tools.join(', ')})`, () => {
  let base: string;
  let folder: string;
  let keyring: string;
  let otherKeyring: string;
  let architecture: string;
  let archive: ReturnType<typeof makeArchive>;

  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'cim-debian-'));
    const key = makeKey(base, 'archive');
    keyring = key.keyring;
    otherKeyring = makeKey(base, 'other').keyring;
    architecture = execFileSync('dpkg', ['--print-architecture'], {encoding: 'utf8'}).trim();
    mkdirSync(join(base, 'archive'));
    archive = makeArchive(join(base, 'archive'), {name, architecture, sign: key.clearSign});
  });

  beforeEach(() => {
    folder = mkdtempSync(join(base, 'work-'));
  });

  afterAll(() => rmSync(base, {recursive: true}));

  const fetchWith = (ring: string) =>
    fetchDebianPackage({uri: archive.uri, suite: 'sid', keyring: ring, name, architecture, folder});

  test('unpacks a package of an archive that the keyring signed, the system untouched', async () => {
    const before = systemState();
    const root = await fetchWith(keyring);
    expect(existsSync(join(root, `usr/bin/${name}`))).toBe(true);
    expect(systemState()).toEqual(before);
  });

  test('unpacks what a package depends on too, the system untouched', async () => {
    const before = systemState();
    const {uri} = archive;
    const wanted = {uri, suite: 'sid', keyring, name, architecture, folder};
    const root = await fetchDebianClosure(wanted);
    expect(readdirSync(join(root, 'usr/bin')).sort()).toEqual([name, `${name}-base`]);
    expect(systemState()).toEqual(before);
    expect(existsSync(archive.deb)).toBe(true);
  });

  test('refuses an archive that another key signed', async () => {
    await expect(fetchWith(otherKeyring)).rejects.toThrow(
      /^read the package list of sid from file:.*(NO_PUBKEY|not signed|[Mm]issing key)/,
    );
    expect(existsSync(join(folder, 'root'))).toBe(false);
  });

  test('refuses a package that is not the one the archive signed', async () => {
    const whole = readFileSync(archive.deb);
    appendFileSync(archive.deb, 'x');
    try {
      await expect(fetchWith(keyring)).rejects.toThrow(/^download leaf-probe of sid from file:/);
    } finally {
      writeFileSync(archive.deb, whole);
    }
  });

  test('names the mirror that does not answer', async () => {
    const uri = 'http://127.0.0.1:9/debian';
    const wanted = {uri, suite: 'sid', keyring, name, architecture, folder};
    await expect(fetchDebianPackage(wanted)).rejects.toThrow(
      `read the package list of sid from ${uri}`,
    );
  });
});

/** What an apt that is not private would have changed. */
function systemState() {
  const paths = [
    '/var/lib/apt/lists',
    '/var/cache/apt',
    '/var/cache/apt/archives',
    '/var/lib/dpkg/status',
  ];
  return paths.map((path) => [path, statSync(path, {throwIfNoEntry: false})?.mtimeMs]);
}
