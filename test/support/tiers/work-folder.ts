import {accessSync, constants, mkdtempSync, statfsSync} from 'node:fs';
import {join} from 'node:path';

const MEMORY = '/dev/shm';
const BYTES_NEEDED = 2 ** 30;

/** An empty folder to build in: in memory where that has room, else in the one that is given. */
export function makeWorkFolder(otherwise: string): string {
  return mkdtempSync(join(isRoomy() ? MEMORY : otherwise, 'cim-work-'));
}

function isRoomy(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK);
    const {bavail, bsize} = statfsSync(MEMORY);
    return bavail * bsize > BYTES_NEEDED;
  } catch {
    return false; // there is no such folder
  }
}
