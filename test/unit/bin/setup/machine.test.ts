import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {cacheFolder} from '#bin/setup/cache.mjs';
import {debianCodename, parseOsRelease, readAptSources} from '#bin/setup/machine.mjs';
import {reasonOf} from '#bin/setup/processes.mjs';

test('reads os-release with and without quotes', () => {
  expect(parseOsRelease('NAME="Debian GNU/Linux"\nID=debian\n# no\nVARIANT=\'x\'\n')).toEqual({
    NAME: 'Debian GNU/Linux',
    ID: 'debian',
    VARIANT: 'x',
  });
});

test.each([
  [{ID: 'debian', VERSION_CODENAME: 'trixie'}, 'trixie'],
  [{ID: 'debian'}, 'sid'],
  [
    {ID: 'lmde', ID_LIKE: 'debian', VERSION_CODENAME: 'faye', DEBIAN_CODENAME: 'bookworm'},
    'bookworm',
  ],
  [{ID: 'ubuntu', ID_LIKE: 'debian', VERSION_CODENAME: 'noble'}, undefined],
  [{ID: 'mint', ID_LIKE: 'ubuntu debian', VERSION_CODENAME: 'x'}, undefined],
  [{ID: 'nixos'}, undefined],
])('knows which Debian %j is', (release, codename) => {
  expect(debianCodename(release)).toBe(codename);
});

test('reads apt sources in both forms and skips what apt skips', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cim-apt-'));
  onTestFinished(() => rmSync(folder, {recursive: true}));
  mkdirSync(join(folder, 'sources.list.d'));
  writeFileSync(join(folder, 'sources.list'), 'deb http://one.example/debian sid main\n');
  writeFileSync(join(folder, 'sources.list.d/b.sources'), 'Types: deb\nURIs: http://two.example\n');
  writeFileSync(join(folder, 'sources.list.d/c.list.off'), 'deb http://three.example sid main\n');
  expect(readAptSources(folder).flatMap(({uris}) => uris)).toEqual([
    'http://one.example/debian',
    'http://two.example',
  ]);
  expect(readAptSources(join(folder, 'none'))).toEqual([]);
});

test('keeps the cache where the XDG rules say, and ignores a relative folder', () => {
  expect(cacheFolder({XDG_CACHE_HOME: '/c', HOME: '/h'})).toBe('/c/cim-leaf');
  expect(cacheFolder({XDG_CACHE_HOME: 'c', HOME: '/h'})).toBe('/h/.cache/cim-leaf');
  expect(cacheFolder({HOME: '/h'})).toBe('/h/.cache/cim-leaf');
});

test.each([
  [
    {code: 100, stdout: '', stderr: 'W: x\nE: Unable to locate package\nE: more'},
    'E: Unable to locate package',
  ],
  [
    {code: 1, stdout: '', stderr: 'npm error code EUSAGE\nnpm error\nnpm error no lock'},
    'npm error no lock',
  ],
  [{code: 1, stdout: 'last words\n', stderr: ''}, 'last words'],
  [{code: 7, stdout: '', stderr: ''}, 'exit code 7'],
])('finds the line that says why in %j', (outcome, reason) => {
  expect(reasonOf(outcome)).toBe(reason);
});
