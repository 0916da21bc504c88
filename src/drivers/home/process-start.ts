import {readFileSync} from 'node:fs';

/**
 * Start time of a process: field 22 of /proc/PID/stat, in clock ticks since boot. Together with
 * the pid it names one process for as long as the machine runs. null: no such process.
 */
export function processStart(pid: number): string | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null; // the process is gone: that is the answer
  }
  // The second field is the program's name in parentheses and may hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  return state === 'Z' ? null : (fields[19] ?? null);
}
