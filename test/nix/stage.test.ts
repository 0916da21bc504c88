import {existsSync, lstatSync, readdirSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';

import {isAtLeast, parseVersion} from '#bin/setup/versions.mjs';
import {nixStageForFile} from '#test/support/nix/file-stage.ts';
import {isRoot} from '#test/support/stage.ts';

const stage = nixStageForFile();
const BUILD = ['build', '--no-link', '--print-out-paths', '--impure', '--expr'];

const expression = (name: string, script: string) =>
  `derivation {name = "${name}"; system = builtins.currentSystem; builder = "/bin/sh"; args = ["-c" "${script}"];}`;

test('is Nix 2.26 or newer', async () => {
  const version = parseVersion(await stage().ask('--version'));
  expect(version && isAtLeast(version, [2, 26, 0])).toBe(true);
});

test('builds into its own store and leaves the places of a real Nix alone', async () => {
  const before = realPlaces();
  const path = (await stage().ask(...BUILD, expression('greeting', 'echo hello > $out'))).trim();
  expect(path).toMatch(new RegExp(`^${join(stage().folder, 'store')}/[a-z0-9]{32}-greeting$`));
  expect(existsSync(path)).toBe(true);
  expect(realPlaces()).toEqual(before);
});

test('writes nothing outside its folder', async ({skip}) => {
  if (!isRoot) skip('not root: nothing can be made read-only');
  const {folder, run} = stage();
  const script = `mount --bind ${folder} ${folder} && mount -o remount,bind,ro / && exec "$@"`;
  const apart = [
    'unshare',
    '--mount',
    '--propagation',
    'private',
    'sh',
    '-c',
    script,
    'sh',
  ] as const;
  const [unshare, ...rest] = apart;
  const refused = await run(unshare, ...rest, 'touch', '/var/tmp/cim-nix-outside');
  expect(refused.stderr).toContain('Read-only file system');
  const built = await run(unshare, ...rest, 'nix', ...BUILD, expression('apart', 'echo > $out'));
  expect(built).toMatchObject({code: 0, stdout: expect.stringContaining('-apart')});
});

test('builders see neither its libraries nor its loader', async () => {
  const script = 'export > $out; /bin/cat $out';
  const log = await stage().nix(...BUILD, expression('surroundings', script), '--print-build-logs');
  expect(log.code).toBe(0);
  expect(log.stderr).toContain('NIX_BUILD_TOP');
  expect(log.stderr).not.toContain('LD_LIBRARY_PATH');
});

test('has no substituter and no registry to ask', async () => {
  const config = JSON.parse(await stage().ask('config', 'show', '--json'));
  expect(config.substituters.value).toEqual([]);
  expect(config['flake-registry'].value).toBe('');
  const missing = await stage().nix('build', 'nixpkgs#hello');
  expect(missing.stderr).toContain("cannot find flake 'flake:nixpkgs' in the flake registries");
});

/** What a Nix that is not private would have made or changed. */
function realPlaces() {
  const names = ['.nix-profile', '.nix-defexpr', '.cache/nix', '.local/state/nix', '.nix-channels'];
  const paths = ['/nix', '/etc/nix', ...names.map((name) => join(homedir(), name))];
  const stat = (path: string) => lstatSync(path, {throwIfNoEntry: false})?.mtimeMs;
  const temporary = readdirSync('/tmp').filter((name) => name.startsWith('nix-'));
  return [paths.map((path) => [path, stat(path)]), temporary];
}
