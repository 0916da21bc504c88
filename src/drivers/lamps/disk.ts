import {randomInt} from 'node:crypto';

import type {ProcessRunner} from '#contracts/process-runner.ts';
import {CimError} from '#domain/errors.ts';
import {alternate} from './blink.ts';

/** A whole disk, as the kernel names it. */
export const DISK = /^(?:sd[a-z]+|vd[a-z]+|nvme\d+n\d+|mmcblk\d+|sr\d+)$/;

const CHUNK_BYTES = 256 * 1024;
const CHUNKS = 12;
/** A disk that sleeps takes some seconds to spin up. */
const LIMIT_MS = 30_000;

export interface DiskReading {
  readonly runner: ProcessRunner;
  readonly sizeBytes: number;
  readonly signal: AbortSignal;
  /** The first reading went well: it blinks. */
  readonly onBegun: () => void;
}

/**
 * Lets the activity lamp of a disk blink by reading it here and there, which changes nothing.
 * Past the kernel's memory, by dd: a small stick is in there whole after a second.
 * @throws CimError `process-failed`, `time-is-up`
 */
export async function readDisk(path: string, reading: DiskReading): Promise<void> {
  const {runner, sizeBytes, signal, onBegun} = reading;
  const starts = Math.max(1, Math.floor(sizeBytes / CHUNK_BYTES) - CHUNKS);
  const look = async (): Promise<void> => {
    const {exitCode, stderr} = await runner.run(
      'dd',
      [
        ...[`if=${path}`, 'of=/dev/null', 'iflag=direct', 'status=none'],
        ...[`bs=${CHUNK_BYTES}`, `count=${CHUNKS}`, `skip=${randomInt(starts)}`],
      ],
      {timeoutMs: LIMIT_MS},
    );
    if (exitCode !== 0) {
      throw new CimError('process-failed', `read ${path}: ${stderr.trim()}`);
    }
  };
  await look();
  onBegun();
  await alternate((isOn) => (isOn ? look() : undefined), signal);
}
