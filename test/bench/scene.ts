import {type ChildProcess, execFile, spawn} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import type {Readable} from 'node:stream';
import {promisify} from 'node:util';

import {childNamed} from '#test/support/child-named.ts';
import {CIM_TUI, createStage, type Stage} from '#test/support/stage.ts';
import {openScreen, type Screen} from './screen.ts';
import {createSightings, type Sightings} from './sightings.ts';

const run = promisify(execFile);

/** A leaf in a network namespace of its own, with what watches it. */
export interface Scene {
  readonly stage: Stage;
  readonly agentPid: number;
  readonly serverPid: number;
  /** Lines `sequence id` that the agent writes for what it has stored. */
  readonly acknowledged: Sightings<string>;
  readonly signal: AbortSignal;
  /** Lines of a program inside, until the returned stack is disposed of. */
  follow(stack: AsyncDisposableStack, file: string, ...args: string[]): Sightings<string>;
  /** Many `ip` commands at once. */
  ipBatch(lines: readonly string[]): Promise<void>;
  /** A console inside; it ends with the stack. */
  openConsole(stack: AsyncDisposableStack): Screen;
  /** Starts the program that labels these ports. Resolves with how many labels were stored. */
  label(ports: readonly string[], count: number, perSecond: number): Labelling;
}

export interface Labelling {
  readonly stored: Promise<number>;
  stop(): Promise<void>;
}

/** Makes the scene; everything in it ends with the stack. */
export async function createScene(
  stack: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<Scene> {
  const stage = await createStage();
  stack.defer(() => stage.stop());
  const {child, ended} = await stage.serve();
  stack.defer(async () => {
    // In order: killed, it would leave its own children behind for a moment.
    child.kill('SIGTERM');
    await ended;
  });
  const agentPid = child.pid ?? 0;
  return {
    stage,
    agentPid,
    serverPid: await childNamed(agentPid, 'nats-server'),
    acknowledged: sightLines(child.stdio[3], signal),
    signal,
    follow(ending, file, ...args) {
      const [program, rest] = stage.inside(file, ...args);
      const following = spawn(program, [...rest], {stdio: ['ignore', 'pipe', 'ignore']});
      ending.defer(() => end(following));
      return sightLines(following.stdout, signal);
    },
    async ipBatch(lines) {
      const path = join(stage.home, 'batch');
      await writeFile(path, `${lines.join('\n')}\n`);
      await stage.ip('-batch', path);
    },
    openConsole(ending) {
      const [file, args] = stage.inside(CIM_TUI);
      const screen = openScreen({file, args, env: stage.env, signal});
      ending.defer(screen.stop);
      return screen;
    },
    label: (ports, count, perSecond) => startLabelling(stage, [count, perSecond, ...ports]),
  };
}

function startLabelling(stage: Stage, words: readonly (string | number)[]): Labelling {
  const path = join(import.meta.dirname, 'labeller.ts');
  const [file, args] = stage.inside(process.execPath, path, ...words.map(String));
  const running = run(file, [...args], {env: stage.env});
  const stored = running.then(({stdout}) => Number(stdout));
  stored.catch(() => undefined); // told to whoever awaits it; stopped, nobody does
  return {stored, stop: () => end(running.child)};
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    await ended;
  }
}

function sightLines(stream: unknown, signal: AbortSignal): Sightings<string> {
  const sightings = createSightings<string>(signal);
  if (isReadable(stream)) {
    createInterface({input: stream}).on('line', (line) => sightings.tell(line, performance.now()));
  }
  return sightings;
}

const isReadable = (stream: unknown): stream is Readable =>
  typeof stream === 'object' && stream !== null && 'read' in stream;
