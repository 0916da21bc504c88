import {readFileSync} from 'node:fs';

/** Whether a process runs. Zombies do not: where process 1 does not reap, they stay. */
export function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
