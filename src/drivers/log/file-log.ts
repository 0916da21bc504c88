import {appendFileSync, mkdirSync, renameSync, statSync} from 'node:fs';
import {dirname} from 'node:path';

import type {Log} from '#contracts/log.ts';
import {errorChain} from '#domain/errors.ts';
import {stripControls} from '#domain/text.ts';

/** Size at which a log file is put aside as `.1`, replacing the one before. */
const LIMIT_BYTES = 2 * 1024 * 1024;

// What could carry a key: nkey seeds, JWTs, and anything between PEM-like fences.
const SECRETS =
  /\bS[AOCUNX][A-Z2-7]{56}\b|\beyJ[\w-]{16,}\.[\w-]+\.[\w-]+|-----BEGIN[\s\S]*?-----END[^-]*-----/g;

/** A log file that never grows beyond twice its limit and never holds a key. */
export function createFileLog(path: string, options: {readonly limitBytes?: number} = {}): Log {
  const {limitBytes = LIMIT_BYTES} = options;
  let size: number | undefined;
  const write = (level: string, message: string): void => {
    const line = `${new Date().toISOString()} ${level} ${clean(message)}\n`;
    try {
      size ??= openedSize(path);
      if (size + line.length > limitBytes) {
        renameSync(path, `${path}.1`);
        size = 0;
      }
      appendFileSync(path, line, {mode: 0o600});
      size += Buffer.byteLength(line);
    } catch {
      // A full disk, or a folder not ours, must not end us: the line is lost, the next one tries.
      size = undefined;
    }
  };
  return {
    info: (message) => write('info ', message),
    warn: (message) => write('warn ', message),
    error: (message, cause) =>
      write('error', cause === undefined ? message : `${message}: ${errorChain(cause)}`),
  };
}

const clean = (message: string): string => stripControls(message.replace(SECRETS, '(secret)'));

function openedSize(path: string): number {
  mkdirSync(dirname(path), {recursive: true, mode: 0o700});
  return statSync(path, {throwIfNoEntry: false})?.size ?? 0;
}
