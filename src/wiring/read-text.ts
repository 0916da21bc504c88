import {readFile} from 'node:fs/promises';

import {CimError} from '#domain/errors.ts';

/** The text of a file, or of stdin for `-`. @throws CimError `file-failed` */
export async function readText(path: string): Promise<string> {
  try {
    return path === '-' ? await readStdin() : await readFile(path, 'utf8');
  } catch (cause) {
    const seen = cause instanceof Error ? cause.message : String(cause);
    throw new CimError('file-failed', `read ${path}: ${seen}`, {cause});
  }
}

async function readStdin(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
