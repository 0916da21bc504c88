import {accessSync, constants} from 'node:fs';

/** Debian keeps `ip` and others where an ordinary user's PATH does not look. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/run/current-system/sw/bin'];

/** PATH as other programs get it: ours, then the system's folders. */
export function searchPath(path = process.env.PATH ?? '/usr/bin:/bin'): string {
  const folders = path.split(':').filter((folder) => folder !== '');
  return [...new Set([...folders, ...SYSTEM_FOLDERS])].join(':');
}

/** Full path of a program, or undefined when it is nowhere. */
export function findProgram(file: string): string | undefined {
  if (file.includes('/')) {
    return isExecutable(file) ? file : undefined;
  }
  return searchPath()
    .split(':')
    .map((folder) => `${folder}/${file}`)
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // not there, or not for us: both mean that it can't be started
  }
}
