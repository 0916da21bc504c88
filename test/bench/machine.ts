import {execFile} from 'node:child_process';
import {readlink} from 'node:fs/promises';
import {arch, availableParallelism, cpus, loadavg, release} from 'node:os';
import {promisify} from 'node:util';

const run = promisify(execFile);

/** What the numbers were measured on. */
export async function machineLine(serverPid: number): Promise<string> {
  const {stdout} = await run(await readlink(`/proc/${serverPid}/exe`), ['--version']);
  const [load = 0] = loadavg();
  return [
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? arch()})`,
    `Linux ${release()}`,
    `Node ${process.version}`,
    stdout.trim(),
    `load ${load.toFixed(2)}`,
  ].join(', ');
}
