import {constants, readFileSync, readlinkSync} from 'node:fs';
import {open} from 'node:fs/promises';

import type {PlainStep} from '#contracts/port-control.ts';
import type {ProcessRunner} from '#contracts/process-runner.ts';
import {CimError} from '#domain/errors.ts';

/** A kernel that lets go of a driver may wait for its hardware. */
const TIMEOUT_MS = 10_000;

/** Runs a program to its end and hands back what it printed. @throws CimError when it failed */
export async function runProgram(
  runner: ProcessRunner,
  [file = '', ...args]: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const {exitCode, stdout, stderr} = await runner.run(file, args, {timeoutMs: TIMEOUT_MS, signal});
  if (exitCode !== 0) {
    const words = `${[file, ...args].join(' ')}: ${stderr.trim() || `exited ${exitCode}`}`;
    throw new CimError(isRefusal(stderr) ? 'permission-denied' : 'process-failed', words);
  }
  return stdout;
}

const isRefusal = (words: string): boolean => /not permitted|permission denied/i.test(words);

/** Does one step. @throws CimError `permission-denied`, `process-failed`, `time-is-up` */
export async function carryOutStep(
  runner: ProcessRunner,
  step: PlainStep,
  signal: AbortSignal,
): Promise<void> {
  if (step.kind === 'run') {
    await runProgram(runner, step.argv, signal);
    return;
  }
  try {
    await writeOnly(step.path, step.text);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new CimError(codeOf(cause), `write ${step.text} to ${step.path}: ${words}`, {cause});
  }
}

/** sysfs refuses to open for reading what can only be written, and to make what is not there. */
async function writeOnly(path: string, text: string): Promise<void> {
  await using file = await open(path, constants.O_WRONLY);
  await file.writeFile(text);
}

const codeOf = (cause: unknown): 'permission-denied' | 'process-failed' =>
  cause instanceof Error && 'code' in cause && /^(EACCES|EPERM|EROFS)$/.test(String(cause.code))
    ? 'permission-denied'
    : 'process-failed';

/** A small file of sysfs without its line break; undefined: there is none. */
export function readAttribute(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined; // gone or refused: both mean "not known" here
  }
}

/** Last part of where a link points; undefined: there is none. */
export function linkName(path: string): string | undefined {
  try {
    return readlinkSync(path).split('/').at(-1);
  } catch {
    return undefined; // no such link is an answer here
  }
}
