import {readFileSync} from 'node:fs';

/** Id of this boot of the machine, or null where it cannot be read. */
export function readBootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null; // no procfs: the field of the envelope is left out
  }
}
