import {readdirSync} from 'node:fs';

import type {DatabaseTrust} from './database.ts';
import {readLink, readSmallFile} from './read-file.ts';

export interface UdevdRoots {
  readonly procRoot: string;
  readonly runRoot: string;
}

/**
 * Whether udevd runs, and in our network namespace. Its control socket is listed by the kernel in
 * the namespace where it was bound; elsewhere its process may be seen, and its database belongs to
 * other interfaces.
 */
export function findUdevd({procRoot, runRoot}: UdevdRoots): DatabaseTrust {
  const sockets = readSmallFile(`${procRoot}/net/unix`) ?? '';
  if (sockets.includes(`${runRoot}/udev/control`)) {
    return {isAlive: true, isSameNetwork: true};
  }
  const pid = pidsIn(procRoot).find((each) => isUdevd(readSmallFile(`${procRoot}/${each}/comm`)));
  if (pid === undefined) {
    return {isAlive: false, isSameNetwork: false};
  }
  const theirs = readLink(`${procRoot}/${pid}/ns/net`);
  const ours = readLink(`${procRoot}/self/ns/net`);
  return {isAlive: true, isSameNetwork: theirs !== undefined && theirs === ours};
}

/** A comm is cut to 15 characters; NixOS and eudev have other names for it. */
const isUdevd = (comm: string | undefined): boolean =>
  comm === 'systemd-udevd' || comm === 'udevd' || comm === '(udev-worker)';

function pidsIn(procRoot: string): readonly string[] {
  try {
    return readdirSync(procRoot).filter((name) => /^\d+$/.test(name));
  } catch {
    return []; // no procfs: nothing can be seen to run
  }
}
