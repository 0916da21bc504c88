import type {ChildProcess} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';

import {findNatsServer} from '#drivers/nats-server/find-server.ts';
import {type Ended, ROOT} from '#test/support/stage.ts';
import {endOf, startTied} from '#test/support/tiers/children.ts';
import {type Keeper, startKeeper} from '#test/support/tiers/keeper.ts';
import {until} from '#test/support/until.ts';

/** A booted Debian with systemd as PID 1, thrown away when it is stopped. Needs root. */
export interface Box {
  /** Its machine name, and its host name. */
  readonly name: string;
  /** Process id, here, of its PID 1. */
  readonly leader: number;
  /** Program and arguments that run something in the box. */
  inside(file: string, ...args: readonly string[]): readonly [string, readonly string[]];
  /** Runs a program in the box to its end. */
  run(file: string, ...args: readonly string[]): Promise<Ended>;
  /** What it prints. @throws an Error with its last words when it exits with another code than 0 */
  ask(file: string, ...args: readonly string[]): Promise<string>;
  /** Starts a program in the box whose output a test follows. It ends with us. */
  start(file: string, ...args: readonly string[]): ChildProcess;
  /** Where a path of the box is seen from here. */
  path(inBox: string): string;
  /** Lines of its journal, of one unit or of all. */
  journal(unit?: string): Promise<readonly string[]>;
  /** Powers off in order, then removes what is left. */
  stop(): Promise<void>;
  /** Pulls the plug, then removes what is left. */
  kill(): Promise<void>;
}

export interface BoxOptions {
  /** The Debian root that it boots from; it stays as it is. */
  readonly root: string;
  /** Its name in a network of the test's own; else it has a loopback only. */
  readonly network?: {readonly namespace: string; readonly bridge: string; readonly name: string};
}

/** Where the checkout lies in a box. */
export const CHECKOUT_IN_BOX = '/opt/cim-leaf';

const BOOT_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;

/** Boots a box: 2 s. `await box.stop()` afterwards, always. */
export async function openBox({root, network}: BoxOptions): Promise<Box> {
  const name = network?.name ?? `box-${randomBytes(3).toString('hex')}`;
  const cgroup = `cim-${name}-${process.pid}`;
  const {path: natsServer} = await findNatsServer(process.env);
  const wiring = network === undefined ? '--private-network' : `--network-bridge=${network.bridge}`;
  const child = startTied('sh', [
    ...[join(import.meta.dirname, 'start.sh'), cgroup, network?.namespace ?? '', root, '--'],
    ...[`--machine=${name}`, wiring],
    `--bind-ro=${ROOT}:${CHECKOUT_IN_BOX}`,
    `--bind-ro=${natsServer}:/usr/local/bin/nats-server`,
  ]);
  const end = endOf(child);
  const stop = join(import.meta.dirname, 'stop.sh');
  const keeper = startKeeper('exec sh "$@"', stop, cgroup, String(child.pid));
  try {
    const leader = await until(
      () => leaderOf(child.pid ?? 0) ?? child.exitCode,
      (found) => found !== null,
    );
    if (leader === null || child.exitCode !== null) {
      const {stderr, stdout} = await end;
      throw new Error(`boot ${name}: ${stderr}${stdout.slice(-2000)}`);
    }
    const box = describeBox({name, leader, end, keeper});
    await box.booted();
    return box;
  } catch (error) {
    await keeper.release();
    throw error;
  }
}

interface Parts {
  readonly name: string;
  readonly leader: number;
  readonly end: Promise<Ended>;
  readonly keeper: Keeper;
}

function describeBox({name, leader, end, keeper}: Parts): Box & {booted(): Promise<void>} {
  const environment = [
    'env',
    '-i',
    '--chdir=/',
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin',
  ];
  const inside = (file: string, ...args: readonly string[]) => {
    const words = [...environment, 'LANG=C.UTF-8', 'HOME=/root', 'SYSTEMD_COLORS=0', file, ...args];
    return ['nsenter', ['-t', String(leader), '-a', ...words]] as const;
  };
  const start = (file: string, ...args: readonly string[]) => startTied(...inside(file, ...args));
  const run = (file: string, ...args: readonly string[]) => endOf(start(file, ...args));
  const ask = async (file: string, ...args: readonly string[]) => {
    const {code, stdout, stderr} = await run(file, ...args);
    if (code === 0) return stdout;
    throw new Error(`${file} ${args.join(' ')} in ${name}: exit ${code}: ${stderr || stdout}`);
  };
  const kill = () => keeper.release();
  return {
    name,
    leader,
    inside,
    run,
    ask,
    start,
    path: (inBox) => join('/proc', String(leader), 'root', inBox),
    async journal(unit) {
      const only = unit === undefined ? [] : ['--unit', unit];
      const text = await ask('journalctl', '--no-pager', '--output=cat', '--boot', ...only);
      return text.trimEnd().split('\n');
    },
    async booted() {
      await until(
        () => run('timeout', '60', 'systemctl', 'is-system-running', '--wait'),
        ({stdout}) => /^(running|degraded)/.test(stdout),
        BOOT_LIMIT_MS,
      );
    },
    async stop() {
      const late = AbortSignal.timeout(STOP_LIMIT_MS);
      try {
        await ask('systemctl', 'poweroff');
        await Promise.race([
          end,
          new Promise((_, reject) => {
            late.addEventListener('abort', () =>
              reject(new Error(`stop ${name}: it takes too long`)),
            );
          }),
        ]);
      } finally {
        await keeper.release();
      }
    },
    kill,
  };
}

/** nspawn is unshare's only child, and the box's PID 1 is nspawn's. */
function leaderOf(pid: number): number | null {
  let at: number | undefined = pid;
  for (let depth = 0; depth < 2 && at !== undefined; depth += 1) {
    at = childOf(at);
  }
  return at !== undefined && nameOf(at) === 'systemd' ? at : null;
}

function childOf(pid: number): number | undefined {
  const [first] = readText(`/proc/${pid}/task/${pid}/children`).split(' ');
  return first === undefined || first === '' ? undefined : Number(first);
}

const nameOf = (pid: number): string => readText(`/proc/${pid}/comm`).trim();

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it ended while we looked
  }
}
