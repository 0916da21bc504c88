import {execFile} from 'node:child_process';
import {accessSync, constants, existsSync, readFileSync, statfsSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';

const execute = promisify(execFile);

/** One finding: what was looked at, what was seen, what to do. */
export interface Finding {
  readonly check: string;
  readonly result: 'pass' | 'warn' | 'fail' | 'skip';
  readonly detail: string;
  readonly remedy: string | null;
}

/** What can be seen of containers: how many run, or what is missing and what to do. */
export type ContainersFound =
  | {readonly count: number}
  | {readonly detail: string; readonly remedy: string};

/** What the checks look at. */
export interface CheckedMachine {
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  /** Finds the nats-server binary. @throws when there is none that is new enough */
  readonly findServer: () => Promise<{readonly path: string; readonly version: string}>;
  /** Asks for the containers of this machine. */
  readonly findContainers: () => Promise<ContainersFound>;
  /** Reaches the leaf and tells a round trip in ms. @throws when it does not answer */
  readonly pingLeaf: () => Promise<{
    readonly leafId: string;
    readonly url: string;
    readonly ms: number;
  }>;
}

const pass = (check: string, detail: string): Finding => ({
  check,
  result: 'pass',
  detail,
  remedy: null,
});

type CheckOf = (machine: CheckedMachine) => Finding | Promise<Finding>;

const CHECKS: readonly CheckOf[] = [
  checkNode,
  checkServer,
  () => checkTool('udevadm', ['--version'], 'install udev: `apt-get install udev`'),
  () => checkTool('ip', ['-Version'], 'install iproute2: `apt-get install iproute2`'),
  checkUdevd,
  ({home}) => checkHome(home),
  ({home}) => checkDisk(home),
  checkClock,
  checkContainers,
  checkLeaf,
  ({home}) => checkLog(home),
];

/** Every check of this machine and leaf, one after the other. Nothing is changed. */
export async function* runChecks(machine: CheckedMachine): AsyncIterable<Finding> {
  for (const check of CHECKS) {
    yield await check(machine);
  }
}

function checkNode(): Finding {
  const [major = 0] = process.versions.node.split('.').map(Number);
  return major >= 24
    ? pass('node', process.version)
    : {check: 'node', result: 'fail', detail: process.version, remedy: 'run `npm start`'};
}

async function checkServer({findServer}: CheckedMachine): Promise<Finding> {
  try {
    const {path, version} = await findServer();
    const isAdvised = compareVersions(version, '2.14.3') >= 0;
    return isAdvised
      ? pass('nats-server', `${version} at ${path}`)
      : {
          check: 'nats-server',
          result: 'warn',
          detail: `${version} at ${path}`,
          remedy: 'install 2.14.3 or newer: it has security fixes',
        };
  } catch (error) {
    return {
      check: 'nats-server',
      result: 'fail',
      detail: wordsOf(error),
      remedy: 'run `npm start`, or set CIM_NATS_SERVER to a nats-server 2.12 or newer',
    };
  }
}

async function checkTool(name: string, args: readonly string[], remedy: string): Promise<Finding> {
  const path = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
  try {
    const {stdout} = await execute(name, [...args], {
      timeout: 5000,
      env: {...process.env, PATH: path},
    });
    return pass(name, stdout.trim().split('\n')[0] ?? '');
  } catch (error) {
    return {check: name, result: 'fail', detail: wordsOf(error), remedy};
  }
}

function checkUdevd(): Finding {
  return existsSync('/run/udev/control')
    ? pass('udevd', 'runs')
    : {
        check: 'udevd',
        result: 'warn',
        detail: 'does not run: only what the kernel says is shown',
        remedy: 'on a full system: `systemctl start systemd-udevd`',
      };
}

function checkHome(home: string): Finding {
  try {
    accessSync(home, constants.R_OK | constants.W_OK);
    return pass('home', home);
  } catch {
    const isThere = existsSync(home);
    return isThere
      ? {check: 'home', result: 'warn', detail: `${home} is not yours`, remedy: 'ask its owner'}
      : {check: 'home', result: 'skip', detail: `${home} is not there yet`, remedy: '`cim-tui`'};
  }
}

const ROOM_WARN_BYTES = 512 * 1024 * 1024;

function checkDisk(home: string): Finding {
  const folder = existsSync(home) ? home : '/';
  const {bavail, bsize} = statfsSync(folder);
  const free = bavail * bsize;
  const detail = `${Math.round(free / 1024 / 1024)} MiB free for ${folder}`;
  return free > ROOM_WARN_BYTES
    ? pass('disk', detail)
    : {check: 'disk', result: 'warn', detail, remedy: 'make room: a full store takes no wishes'};
}

function checkClock(): Finding {
  const folder = '/run/systemd/timesync';
  if (!existsSync(folder)) {
    return {check: 'clock', result: 'skip', detail: 'no time service known here', remedy: null};
  }
  return existsSync(join(folder, 'synchronized'))
    ? pass('clock', 'synchronized')
    : {
        check: 'clock',
        result: 'warn',
        detail: 'not synchronized since boot: the order of events is sure, their times are not',
        remedy: '`timedatectl timesync-status`',
      };
}

async function checkContainers({findContainers}: CheckedMachine): Promise<Finding> {
  const found = await findContainers();
  return 'count' in found
    ? pass('containers', `machined answers, ${found.count} running`)
    : {check: 'containers', result: 'warn', ...found};
}

async function checkLeaf({pingLeaf}: CheckedMachine): Promise<Finding> {
  try {
    const {leafId, url, ms} = await pingLeaf();
    return pass('leaf', `${leafId} answers at ${url} in ${ms.toFixed(1)} ms`);
  } catch (error) {
    return {
      check: 'leaf',
      result: 'warn',
      detail: wordsOf(error),
      remedy: 'start it: `cim-tui`, or `cim-tui serve`',
    };
  }
}

function checkLog(home: string): Finding {
  const path = join(home, 'log', 'agent.log');
  if (!existsSync(path)) {
    return {check: 'log', result: 'skip', detail: `${path} is not there yet`, remedy: null};
  }
  try {
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n').slice(-200);
    const errors = lines.filter((line) => / error /.test(line));
    const last = errors.at(-1);
    return last === undefined
      ? pass('log', path)
      : {check: 'log', result: 'warn', detail: last, remedy: `read ${path}`};
  } catch (error) {
    return {check: 'log', result: 'skip', detail: wordsOf(error), remedy: null};
  }
}

const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

/** Below zero when a is older than b. */
function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((text) =>
    text.split('.').map((part) => Number.parseInt(part, 10) || 0),
  );
  const index = [0, 1, 2].find((part) => (x?.[part] ?? 0) !== (y?.[part] ?? 0)) ?? 0;
  return (x?.[index] ?? 0) - (y?.[index] ?? 0);
}
