import {type ChildProcess, spawn} from 'node:child_process';

import type {Ended} from '#test/support/stage.ts';

/** Starts a program that the kernel ends with us, whatever ends us. Both outputs are piped. */
export function startTied(
  file: string,
  args: readonly string[],
  options: {readonly env?: NodeJS.ProcessEnv; readonly cwd?: string} = {},
): ChildProcess {
  return spawn('setpriv', ['--pdeathsig', 'KILL', file, ...args], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Program and arguments that run something in namespaces which end, with all in them, with us. */
export const alone = (file: string, ...args: readonly string[]): readonly [string, string[]] => [
  'unshare',
  ['--mount', '--pid', '--fork', '--kill-child=KILL', '--mount-proc', file, ...args],
];

/** Everything a program prints, once it has ended. */
export async function endOf(child: ChildProcess): Promise<Ended> {
  const texts = {stdout: '', stderr: ''};
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve(exitCode ?? -1));
  });
  return {code, ...texts};
}

/** Runs a program to its end. @throws an Error with its last words when it exits other than 0 */
export async function runTied(file: string, ...args: readonly string[]): Promise<string> {
  const {code, stdout, stderr} = await endOf(startTied(file, args));
  if (code !== 0) {
    const words = stderr.trim() || stdout.trim();
    throw new Error(`${file} ${args.join(' ')}: exit ${code}: ${words.slice(-1000)}`);
  }
  return stdout;
}
