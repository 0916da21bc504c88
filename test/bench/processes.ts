import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {promisify} from 'node:util';

const run = promisify(execFile);

/** USER_HZ, which every Linux that Node runs on has at 100. */
const TICKS_A_SECOND = 100;

/** Seconds of a core that a process has used. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold anything: fields are counted from its end, `state` is the third.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** Resident memory in MB (10⁶ bytes). */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024) / 1e6;
}

/** Where a program is, or undefined. */
export async function findProgram(name: string): Promise<string | undefined> {
  try {
    const {stdout} = await run('sh', ['-c', `command -v ${name}`]);
    return stdout.trim();
  } catch {
    return undefined; // that is what was asked
  }
}
