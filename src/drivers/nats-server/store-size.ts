import {statfs} from 'node:fs/promises';

const LARGEST_STORE_BYTES = 4 * 1024 ** 3;

/** Size of the file system that holds a folder. */
export async function fileSystemBytes(folder: string): Promise<number> {
  const {blocks, bsize} = await statfs(folder);
  return blocks * bsize;
}

/** Size of a new event store there: 4 GiB, or a quarter of the file system where that is less. */
export async function eventStoreBytes(folder: string): Promise<number> {
  return Math.min(LARGEST_STORE_BYTES, Math.floor((await fileSystemBytes(folder)) / 4));
}
