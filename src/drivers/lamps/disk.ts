import {randomInt} from 'node:crypto';
import {open} from 'node:fs/promises';

import {alternate} from './blink.ts';

/** A whole disk, as the kernel names it. */
export const DISK = /^(?:sd[a-z]+|vd[a-z]+|nvme\d+n\d+|mmcblk\d+|sr\d+)$/;

const CHUNK_BYTES = 256 * 1024;
const READS = 12;
/** Offsets that fit into what randomInt takes, in chunks. */
const CHUNKS_MAX = 2 ** 32;

/**
 * Lets the activity lamp of a disk blink by reading it here and there, which changes nothing.
 * Throws what opening it throws.
 */
export async function readDisk(
  path: string,
  sizeBytes: number,
  {signal, onBegun}: {readonly signal: AbortSignal; readonly onBegun: () => void},
): Promise<void> {
  await using file = await open(path, 'r');
  onBegun();
  const buffer = Buffer.alloc(CHUNK_BYTES);
  const chunks = Math.max(1, Math.min(Math.floor(sizeBytes / CHUNK_BYTES), CHUNKS_MAX));
  await alternate(async (isOn) => {
    for (let count = 0; isOn && count < READS && !signal.aborted; count += 1) {
      // Anywhere: what was read a moment ago comes from memory, and no lamp shows it.
      await file.read(buffer, 0, CHUNK_BYTES, randomInt(chunks) * CHUNK_BYTES);
    }
  }, signal);
}
