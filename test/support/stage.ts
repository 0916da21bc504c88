import {type ChildProcess, execFile, spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {existsSync} from 'node:fs';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {promisify} from 'node:util';

import {until} from './until.ts';

const run = promisify(execFile);

/** Root of the checkout. */
export const ROOT = join(import.meta.dirname, '..', '..');
export const CIM_TUI = join(ROOT, 'bin', 'cim-tui');

/** How a command line ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running `cim-tui serve`. */
export interface ServingAgent {
  readonly child: ChildProcess;
  /** Lines `sequence id` of what it has stored so far. */
  readonly acknowledged: readonly string[];
  /** The same of it and of the agents it came after, each line once. */
  readonly everAcknowledged: readonly string[];
  /** What it has printed so far. */
  said(): string;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
}

/** A leaf home of the test's own. */
export interface LeafHome {
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  /** Program and arguments that run something where the leaf is. */
  inside(file: string, ...args: readonly string[]): readonly [string, readonly string[]];
  /** One command line of cim-tui there, to its end. */
  cli(...args: readonly string[]): Promise<Ended>;
  /** The JSON lines that a command line prints. */
  json(...args: readonly string[]): Promise<readonly Record<string, unknown>[]>;
  /** Starts `serve` and waits for its ready line. */
  serve(options?: {
    readonly args?: readonly string[];
    readonly home?: string;
    /** The agent it replaces: what that one acknowledged is remembered. */
    readonly after?: ServingAgent;
  }): Promise<ServingAgent>;
  /** Ends everything that was started, then removes what was made. */
  stop(): Promise<void>;
}

/**
 * A network namespace of the test's own with a leaf home of its own: real uevents, real carriers,
 * nothing of the machine touched. Needs root.
 */
export interface Stage extends LeafHome {
  readonly namespace: string;
  /** `ip` inside the namespace. */
  ip(...args: readonly string[]): Promise<void>;
}

export const isRoot = process.getuid?.() === 0;

const READY_LIMIT_MS = 20_000;

/** True where the test may add and remove links. */
export const isStage = (leaf: LeafHome): leaf is Stage => 'namespace' in leaf;

/** Makes a stage. `await stage.stop()` afterwards, always. */
export async function createStage(): Promise<Stage> {
  const namespace = `cim-t-${randomBytes(4).toString('hex')}`;
  await run('ip', ['netns', 'add', namespace]);
  const ip = async (...args: readonly string[]): Promise<void> => {
    await run('ip', ['-n', namespace, ...args]);
  };
  await ip('link', 'set', 'lo', 'up');
  const leaf = await createLeafHome((file, ...args) => [
    'ip',
    ['netns', 'exec', namespace, file, ...args],
  ]);
  return {
    ...leaf,
    namespace,
    ip,
    async stop() {
      await leaf.stop();
      await run('ip', ['netns', 'del', namespace]);
    },
  };
}

/** Makes a home for a leaf on this machine as it is: any user may. Stop it afterwards, always. */
export async function createLeafHome(
  inside: LeafHome['inside'] = (file, ...args) => [file, args],
): Promise<LeafHome> {
  const home = await mkdtemp(join(tmpdir(), 'cim-stage-'));
  const env = {...process.env, CIM_HOME: home, LC_ALL: 'C.UTF-8'};
  const agents: ServingAgent[] = [];
  const cli = async (...args: readonly string[]): Promise<Ended> =>
    runToEnd(inside(CIM_TUI, ...args), env);
  return {
    home,
    env,
    inside,
    cli,
    async json(...args) {
      const {stdout, stderr, code} = await cli(...args, '--json');
      if (code !== 0) {
        throw new Error(`cim-tui ${args.join(' ')} exited ${code}: ${stderr}`);
      }
      return stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    },
    async serve({args = [], home: otherHome = home, after} = {}) {
      const [file, rest] = inside(CIM_TUI, 'serve', ...args);
      const agent = startAgent(file, rest, {env: {...env, CIM_HOME: otherHome}, after});
      agents.push(agent);
      await untilReady(agent);
      return agent;
    },
    async stop() {
      for (const {child, ended} of agents) {
        child.kill('SIGKILL');
        await ended;
      }
      await endAnnounced(home);
      await rm(home, {recursive: true, force: true});
    },
  };
}

/** Process id of the agent that says it serves this home; undefined: none lives. */
export async function announcedPid(home: string): Promise<number | undefined> {
  const text = await readFile(join(home, 'run', 'leaf.json'), 'utf8').catch(() => '{}');
  const {pid} = JSON.parse(text);
  return typeof pid === 'number' && existsSync(`/proc/${pid}`) ? pid : undefined;
}

/** Ends an agent that a console has started. */
async function endAnnounced(home: string): Promise<void> {
  const pid = await announcedPid(home);
  if (pid !== undefined) {
    process.kill(pid, 'SIGKILL');
    await until(
      () => announcedPid(home),
      (left) => left === undefined,
    );
  }
}

async function runToEnd(
  [file, args]: readonly [string, readonly string[]],
  env: NodeJS.ProcessEnv,
): Promise<Ended> {
  const child = spawn(file, [...args], {env, stdio: ['ignore', 'pipe', 'pipe']});
  const texts = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => {
    texts[0] += bytes.toString();
  });
  child.stderr.on('data', (bytes: Buffer) => {
    texts[1] += bytes.toString();
  });
  const code = await new Promise<number>((resolve) => {
    child.once('close', (exitCode) => resolve(exitCode ?? -1));
  });
  const [stdout = '', stderr = ''] = texts;
  return {code, stdout, stderr};
}

/** The agent writes what it has stored to descriptor 3, which stays ours when it is killed. */
function startAgent(
  file: string,
  args: readonly string[],
  {env, after}: {readonly env: NodeJS.ProcessEnv; readonly after: ServingAgent | undefined},
): ServingAgent {
  const child = spawn(file, [...args], {
    env: {...env, CIM_ACK_FD: '3'},
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const acknowledged: string[] = [];
  const everAcknowledged = [...(after?.everAcknowledged ?? [])];
  const remembered = new Set(everAcknowledged);
  const [, , , pipe] = child.stdio;
  if (pipe !== null && pipe !== undefined && 'read' in pipe) {
    createInterface({input: pipe}).on('line', (line) => {
      acknowledged.push(line);
      if (!remembered.has(line)) {
        remembered.add(line);
        everAcknowledged.push(line);
      }
    });
  }
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? -1));
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
  }
  return {child, acknowledged, everAcknowledged, ended, said: () => said};
}

async function untilReady({ended, said}: ServingAgent): Promise<void> {
  const early = ended.then((how) => {
    throw new Error(`serve ended (${how}): ${said()}`);
  });
  early.catch(() => undefined);
  const ready = until(said, (text) => /is ready at|standing by/.test(text), READY_LIMIT_MS);
  await Promise.race([ready, early]);
}

/** Starts `serve` on a home without a namespace, and waits until it is ready or stands by. */
export async function serveHome(home: string, args: readonly string[] = []): Promise<ServingAgent> {
  const env = {...process.env, CIM_HOME: home};
  const agent = startAgent(CIM_TUI, ['serve', ...args], {env, after: undefined});
  await untilReady(agent);
  return agent;
}
