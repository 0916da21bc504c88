import {closeSync, existsSync, fsyncSync, openSync, renameSync, writeFileSync} from 'node:fs';

import type {RecordingSink} from '#contracts/recording.ts';
import {CimError} from '#domain/errors.ts';

import {printEnd, printHeader, printStep, printTree} from './print-recording.ts';

/** Prints a recording through `write`, step by step. */
export const createTextSink = (write: (text: string) => void): RecordingSink => ({
  begin(header, tree) {
    write(printHeader(header));
    write(printTree(tree));
  },
  step: (step) => write(printStep(step)),
  end: (endMs) => write(printEnd(endMs)),
});

/**
 * A recording in a file that was not there before. Until it is whole it is called `PATH.part`, which
 * can be read just as well: what was kept before a kill or a power cut is in it.
 * @throws CimError `file-exists` at the first call, `file-failed` at any
 */
export function createFileSink(path: string): RecordingSink {
  const part = `${path}.part`;
  let descriptor = -1;
  const text = createTextSink((words) => attempt(part, () => writeFileSync(descriptor, words)));
  return {
    ...text,
    begin(header, tree) {
      descriptor = openNew(path, part);
      text.begin(header, tree);
    },
    end(endMs) {
      text.end(endMs);
      attempt(path, () => {
        fsyncSync(descriptor);
        closeSync(descriptor);
        demandNew(path);
        renameSync(part, path);
      });
    },
  };
}

function openNew(path: string, part: string): number {
  demandNew(path);
  demandNew(part);
  return attempt(path, () => openSync(part, 'wx', 0o644));
}

function demandNew(path: string): void {
  if (existsSync(path)) {
    throw new CimError('file-exists', `record to ${path}`);
  }
}

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    if (cause instanceof CimError) {
      throw cause;
    }
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new CimError('file-failed', `record to ${path}: ${words}`, {cause});
  }
}
