import type {PlainStep} from '#contracts/port-control.ts';
import type {ProcessRunner} from '#contracts/process-runner.ts';
import {runProgram} from './carry-out.ts';

/** Bits a second of a serial line; undefined: it cannot be opened now. */
export async function readLine(
  runner: ProcessRunner,
  path: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const baud = Number(await runProgram(runner, ['stty', '-F', path, 'speed'], signal));
    return Number.isInteger(baud) && baud > 0 ? baud : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined; // no line behind the chip, or somebody holds it alone: its speed is not known
  }
}

export const lineStep = (path: string, baud: number): PlainStep => ({
  kind: 'run',
  argv: ['stty', '-F', path, String(baud)],
});
