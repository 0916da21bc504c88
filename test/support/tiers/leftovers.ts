/**
 * What this machine holds that a test could leave behind: `leftovers.ts` prints it, a line a thing;
 * `leftovers.ts FILE` prints what was not there when FILE was printed, and exits 1 if there is any.
 * Where CIM_TEST_RUN names a run, only processes that have it from there are counted: others come and
 * go on any machine.
 */
import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync} from 'node:fs';

/** Mounts, loops, network namespaces, cgroups, links, units and processes, as lines. */
export function listThings(run?: string): readonly string[] {
  return [
    ...readText('/proc/self/mounts')
      .split('\n')
      .map((line) => `mount ${line.split(' ')[1] ?? ''}`),
    ...namesIn('/sys/block').flatMap((name) => {
      const file = readText(`/sys/block/${name}/loop/backing_file`).trim();
      return file === '' ? [] : [`loop ${name} ${file}`];
    }),
    ...namesIn('/run/netns').map((name) => `namespace ${name}`),
    ...cgroupsIn('/sys/fs/cgroup', 0)
      .filter((path) => path.includes('/cim-')) // others' come and go with what else runs here
      .map((path) => `cgroup ${path}`),
    ...namesIn('/sys/class/net').map((name) => `link ${name}`),
    ...units().map((name) => `unit ${name}`),
    ...processesOf(run),
  ].filter((line) => !line.endsWith(' '));
}

/** Where tests leave their marks: two levels tell one from another. */
function cgroupsIn(folder: string, depth: number): readonly string[] {
  const below = namesIn(folder)
    .map((name) => `${folder}/${name}`)
    .filter((path) => existsSync(`${path}/cgroup.procs`));
  return depth === 2 ? below : below.flatMap((path) => [path, ...cgroupsIn(path, depth + 1)]);
}

function units(): readonly string[] {
  if (!existsSync('/run/systemd/system')) return [];
  const words = ['list-units', '--plain', '--no-legend', '--all', '--type=service,scope,timer'];
  const lines = execFileSync('systemctl', words, {encoding: 'utf8'}).split('\n');
  return lines.map((line) => line.split(' ')[0] ?? '');
}

function processesOf(run: string | undefined): readonly string[] {
  const mark = `CIM_TEST_RUN=${run}`;
  const isOfRun = (pid: string): boolean =>
    run === undefined || readText(`/proc/${pid}/environ`).split('\0').includes(mark);
  return namesIn('/proc')
    .filter((name) => /^\d+$/.test(name) && isOfRun(name))
    .flatMap(describeProcess);
}

/** A process and its program; those of the kernel have none, and zombies have ended. */
function describeProcess(pid: string): readonly string[] {
  const words = readText(`/proc/${pid}/cmdline`)
    .replace(/[\0\s]+/g, ' ')
    .trim();
  const isOurs = Number(pid) === process.pid || Number(pid) === process.ppid;
  return words === '' || isOurs ? [] : [`process ${pid} ${words}`];
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // gone, or nothing of the kind
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // gone, or nothing of the kind
  }
}

if (import.meta.main) {
  const [, , path] = process.argv;
  const known = new Set(path === undefined ? [] : readText(path).split('\n'));
  const found = listThings(process.env.CIM_TEST_RUN).filter((line) => !known.has(line));
  for (const line of found) process.stdout.write(`${line}\n`);
  process.exitCode = path !== undefined && found.length > 0 ? 1 : 0;
}
