import {type ChildProcess, spawn} from 'node:child_process';

import type {
  LineOptions,
  LineProcess,
  ProcessRunner,
  RunOptions,
  RunResult,
} from '#contracts/process-runner.ts';
import {CimError} from '#domain/errors.ts';
import {findProgram, searchPath} from './find-program.ts';
import {createLineReader, textOf} from './lines.ts';

/** What is still running after this long is killed without asking. */
const KILL_AFTER_MS = 2000;

/**
 * Other programs. What runs to its end is run by execa, which is loaded when first needed: its
 * import takes 100 ms. What is followed line by line is a plain child that ends with us, also when
 * we are killed: util-linux' setpriv asks the kernel for that where it is there.
 */
export const createProcessRunner = (): ProcessRunner => ({run, lines});

async function run(file: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const {timeoutMs, signal, env} = options;
  signal?.throwIfAborted();
  const {execa} = await import('execa');
  const result = await execa(pathOf(file), args, {
    stdin: 'ignore',
    env: environmentOf(env),
    extendEnv: false,
    timeout: timeoutMs,
    forceKillAfterDelay: KILL_AFTER_MS,
    reject: false,
    stripFinalNewline: false,
    encoding: 'buffer',
    ...(signal === undefined ? {} : {cancelSignal: signal}),
  });
  signal?.throwIfAborted();
  const context = {file, timeoutMs};
  if (result.timedOut) {
    throw new CimError('time-is-up', `run ${file}: not ended after ${timeoutMs} ms`, {context});
  }
  if (result.exitCode === undefined) {
    const how = result.signal ?? result.shortMessage ?? 'unknown';
    throw new CimError('process-failed', `run ${file}: ${how}`, {context});
  }
  const {exitCode, stdout, stderr} = result;
  return {exitCode, stdout: textOf(stdout), stderr: textOf(stderr)};
}

async function lines(
  file: string,
  args: readonly string[],
  {onLine, onError, env}: LineOptions,
): Promise<LineProcess> {
  const path = pathOf(file);
  const setpriv = findProgram('setpriv');
  const child =
    setpriv === undefined
      ? start(path, args, env)
      : start(setpriv, ['--pdeathsig', 'KILL', path, ...args], env);
  const output = createLineReader(onLine);
  const errors = createLineReader(onError ?? (() => {}));
  child.stdout?.on('data', (chunk: Uint8Array) => output.write(chunk));
  child.stderr?.on('data', (chunk: Uint8Array) => errors.write(chunk));
  const end = ended(child, file).then(({code, signalName}) => {
    output.end();
    errors.end();
    return signalName === null ? `exited ${code}` : `ended by ${signalName}`;
  });
  const {pid} = child;
  if (pid === undefined) {
    throw new CimError('process-failed', `start ${file}: ${await words(end)}`, {context: {file}});
  }
  return {pid, ended: end, kill: () => endGently(child)};
}

const words = (end: Promise<string>): Promise<string> =>
  end.catch((error: unknown) => (error instanceof Error ? error.message : String(error)));

function pathOf(file: string): string {
  const path = findProgram(file);
  if (path === undefined) {
    throw new CimError('process-failed', `start ${file}: not found`, {context: {file}});
  }
  return path;
}

function start(
  path: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(path, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environmentOf(env),
  });
}

const environmentOf = (env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  LC_ALL: 'C',
  SYSTEMD_COLORS: '0',
  PATH: searchPath(),
  ...env,
});

/** @throws CimError `process-failed` when it cannot be started */
function ended(
  child: ChildProcess,
  file: string,
): Promise<{code: number | null; signalName: string | null}> {
  return new Promise((resolve, reject) => {
    child.once('close', (code, signalName) => resolve({code, signalName}));
    child.once('error', (cause) =>
      reject(new CimError('process-failed', `start ${file}: ${cause.message}`, {cause})),
    );
  });
}

function endGently(child: ChildProcess): void {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  child.once('exit', () => clearTimeout(timer));
}
