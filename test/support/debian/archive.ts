import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

/** Makes a key that signs, and the keyring that apt checks it with. */
export function makeKey(folder: string, name: string) {
  const home = join(folder, `gnupg-${name}`);
  mkdirSync(home, {mode: 0o700});
  const gpg = (...args: string[]) =>
    execFileSync('gpg', ['--homedir', home, '--batch', '--quiet', ...args]);
  gpg('--passphrase', '', '--quick-generate-key', `${name}@example.org`, 'rsa3072', 'sign');
  const keyring = join(folder, `${name}.gpg`);
  writeFileSync(keyring, gpg('--export'));
  const clearSign = (path: string) => gpg('--armor', '--clearsign', '--output', '-', path);
  return {keyring, clearSign};
}

/**
 * Makes a Debian archive of one suite, `sid`, with a package and `NAME-base`, on which it depends.
 * The one file of each is `/usr/bin/` and its name.
 */
export function makeArchive(
  folder: string,
  {name, architecture, sign}: {name: string; architecture: string; sign: (path: string) => Buffer},
) {
  mkdirSync(join(folder, 'pool'));
  const base = `${name}-base`;
  const entries = [
    makePackage(folder, {name, architecture, depends: base}),
    makePackage(folder, {name: base, architecture}),
  ];
  const list = `main/binary-${architecture}/Packages`;
  put(folder, `dists/sid/${list}`, entries.join('\n'));
  const {length, sha256} = hash(join(folder, 'dists/sid', list));
  const fields = `Origin: none\nSuite: sid\nCodename: sid\nDate: ${new Date().toUTCString()}\n`;
  const files = `Architectures: ${architecture}\nComponents: main\nSHA256:\n ${sha256} ${length} ${list}\n`;
  put(folder, 'dists/sid/Release', fields + files);
  put(folder, 'dists/sid/InRelease', sign(join(folder, 'dists/sid/Release')));
  return {uri: `file:${folder}`, deb: join(folder, 'pool', `${name}.deb`)};
}

/** Its entry in the archive's list. */
function makePackage(
  folder: string,
  {name, architecture, depends}: {name: string; architecture: string; depends?: string},
): string {
  const needs = depends === undefined ? '' : `Depends: ${depends}\n`;
  const control = `Package: ${name}\nVersion: 1.0\nArchitecture: ${architecture}\n${needs}Maintainer: none <none@example.org>\nDescription: none\n`;
  put(folder, `${name}/DEBIAN/control`, control);
  put(folder, `${name}/usr/bin/${name}`, '#!/bin/sh\n');
  const deb = `pool/${name}.deb`;
  const tree = join(folder, name);
  execFileSync('dpkg-deb', ['--build', '--root-owner-group', tree, join(folder, deb)]);
  return `${control}Filename: ${deb}\n${measure(join(folder, deb))}\n`;
}

function put(folder: string, path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(folder, path)), {recursive: true});
  writeFileSync(join(folder, path), content);
}

function measure(path: string) {
  const {length, sha256} = hash(path);
  return `Size: ${length}\nSHA256: ${sha256}`;
}

function hash(path: string) {
  const bytes = readFileSync(path);
  return {length: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex')};
}
