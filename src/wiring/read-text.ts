import {readFile} from 'node:fs/promises';
import {text} from 'node:stream/consumers';

import {CimError} from '#domain/errors.ts';

/** The text of a file, or of stdin for `-`. @throws CimError `file-failed` */
export async function readText(path: string): Promise<string> {
  try {
    return path === '-' ? await text(process.stdin) : await readFile(path, 'utf8');
  } catch (cause) {
    const seen = cause instanceof Error ? cause.message : String(cause);
    throw new CimError('file-failed', `read ${path}: ${seen}`, {cause});
  }
}
