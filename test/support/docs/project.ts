import {execFile, spawn} from 'node:child_process';
import {mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';

import {findExecutables} from '#bin/setup/processes.mjs';
import {CIM_TUI, type LeafHome, ROOT} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

const run = promisify(execFile);
const LEAST_MAJOR = 20;

/** A program that runs. */
export interface Program {
  /** Lines it has printed so far, on stdout and stderr. */
  readonly lines: readonly string[];
  /** Waits for a line that it prints, or has printed. @throws an Error with all lines when there is none */
  says(fits: string | RegExp): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Exit code, or the name of the signal. */
  readonly ended: Promise<number | string>;
}

/** An empty project beside nothing of ours, with our client installed as anybody would. */
export interface Project {
  readonly folder: string;
  write(name: string, text: string): Promise<void>;
  /** Runs a file of it on the oldest Node that the client is for, where the leaf is. */
  start(leaf: LeafHome, name: string, ...args: readonly string[]): Program;
  stop(): Promise<void>;
}

/** Packs the client, and installs it in an empty project without a network. */
export async function createProject(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'cim-project-'));
  const npm = ['--offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const client = join(ROOT, 'dist', 'client');
  const {stdout} = await run('npm', ['pack', client, ...npm], {cwd: folder});
  await writeFile(join(folder, 'package.json'), '{"private": true, "type": "module"}\n');
  await run('npm', ['install', ...npm, `./${stdout.trim()}`], {cwd: folder});
  await symlink(CIM_TUI, join(folder, 'cim-tui'));
  const node = await oldestNode();
  const programs: Program[] = [];
  return {
    folder,
    write: (name, text) => writeFile(join(folder, name), text),
    start(leaf, name, ...args) {
      const [file, rest] = leaf.inside(node, name, ...args);
      const env = {...leaf.env, PATH: `${folder}:${process.env.PATH}`, NODE_OPTIONS: ''};
      const program = follow(file, rest, {cwd: folder, env});
      programs.push(program);
      return program;
    },
    async stop() {
      for (const program of programs) {
        program.kill('SIGKILL');
        await program.ended;
      }
      await rm(folder, {recursive: true, force: true});
    },
  };
}

async function oldestNode(): Promise<string> {
  const found = [{node: process.execPath, version: process.version}];
  for (const node of findExecutables('node', process.env.PATH)) {
    const {stdout} = await run(node, ['--version']).catch(() => ({stdout: ''}));
    found.push({node, version: stdout.trim()});
  }
  const major = ({version}: {version: string}): number => Number(/^v(\d+)/.exec(version)?.[1]);
  const [oldest] = found
    .filter((one) => major(one) >= LEAST_MAJOR)
    .sort((one, other) => major(one) - major(other));
  return oldest?.node ?? process.execPath;
}

function follow(
  file: string,
  args: readonly string[],
  options: {readonly cwd: string; readonly env: NodeJS.ProcessEnv},
): Program {
  const child = spawn(file, [...args], {...options, stdio: ['ignore', 'pipe', 'pipe']});
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.on('data', (bytes: Buffer) => {
      const parts = `${rest}${bytes.toString()}`.split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
    });
  }
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? -1));
  });
  const isIt = (fits: string | RegExp) => (line: string) =>
    typeof fits === 'string' ? line === fits : fits.test(line);
  return {
    lines,
    ended,
    kill: (signal) => void child.kill(signal),
    async says(fits) {
      await until(
        () => lines,
        (said) => said.some(isIt(fits)),
        20_000,
      );
      return lines.find(isIt(fits)) ?? '';
    },
  };
}
