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

/** Makes a Debian archive of one suite, `sid`, with one package whose one file is `/usr/bin/NAME`. */
export function makeArchive(
  folder: string,
  {name, architecture, sign}: {name: string; architecture: string; sign: (path: string) => Buffer},
) {
  const put = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), content);
  };
  const control = `Package: ${name}\nVersion: 1.0\nArchitecture: ${architecture}\nMaintainer: none <none@example.org>\nDescription: none\n`;
  put('tree/DEBIAN/control', control);
  put(`tree/usr/bin/${name}`, '#!/bin/sh\n');
  const deb = `pool/${name}.deb`;
  mkdirSync(join(folder, 'pool'));
  execFileSync('dpkg-deb', [
    '--build',
    '--root-owner-group',
    join(folder, 'tree'),
    join(folder, deb),
  ]);
  const list = `main/binary-${architecture}/Packages`;
  put(`dists/sid/${list}`, `${control}Filename: ${deb}\n${measure(join(folder, deb))}\n`);
  const {length, sha256} = hash(join(folder, 'dists/sid', list));
  const fields = `Origin: none\nSuite: sid\nCodename: sid\nDate: ${new Date().toUTCString()}\n`;
  const files = `Architectures: ${architecture}\nComponents: main\nSHA256:\n ${sha256} ${length} ${list}\n`;
  put('dists/sid/Release', fields + files);
  put('dists/sid/InRelease', sign(join(folder, 'dists/sid/Release')));
  return {uri: `file:${folder}`, deb: join(folder, deb)};
}

function measure(path: string) {
  const {length, sha256} = hash(path);
  return `Size: ${length}\nSHA256: ${sha256}`;
}

function hash(path: string) {
  const bytes = readFileSync(path);
  return {length: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex')};
}
