import {readdirSync, readFileSync, readlinkSync, statSync} from 'node:fs';

/** A small file, or undefined: processes end while they are looked at. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // gone or refused: both mean "not known"
  }
}

/** Names in a folder; `refused` when it is there and we may not look. */
export function namesIn(path: string): readonly string[] | 'refused' | 'gone' {
  try {
    return readdirSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'EACCES' || code === 'EPERM' ? 'refused' : 'gone';
  }
}

/** Where a symbolic link points, or undefined. */
export function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // closed meanwhile
  }
}

/** Owner of a file, or undefined. */
export function ownerOf(path: string): number | undefined {
  try {
    return statSync(path).uid;
  } catch {
    return undefined; // gone meanwhile
  }
}
