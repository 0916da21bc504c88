import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {z} from 'zod';

import {stateFolder} from './places.ts';

/** Where this person's last console of a leaf ended. */
const Visit = z.object({sequence: z.number().int().nonnegative(), at: z.iso.datetime()});

/** What a person's consoles remember, on this machine. */
export const ConsoleFile = z.object({
  visits: z.record(z.string(), Visit).default({}),
  /** Whether a leaf that a console started goes on when the last console is left. */
  keepRecording: z.boolean().nullable().default(null),
});
export type ConsoleFile = z.infer<typeof ConsoleFile>;

/** Path of the file: beside an asked-for home, else in the person's own state folder. */
export function consoleFilePath(askedHome: string | undefined, env: NodeJS.ProcessEnv): string {
  const isAsked = askedHome !== undefined && askedHome !== '';
  return join(isAsked ? resolve(askedHome) : stateFolder(env), 'console.json');
}

/** What was remembered; nothing where the file is missing or broken: it is a comfort, no record. */
export function readConsoleFile(path: string): ConsoleFile {
  try {
    return ConsoleFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return ConsoleFile.parse({}); // first visit, or a file that only a hand could have broken
  }
}

/** Remembers. A folder that cannot be written is passed over: see `readConsoleFile`. */
export function writeConsoleFile(path: string, file: ConsoleFile): void {
  try {
    mkdirSync(dirname(path), {recursive: true, mode: 0o700});
    writeFileSync(`${path}.new`, `${JSON.stringify(file, null, 2)}\n`, {mode: 0o600});
    renameSync(`${path}.new`, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) {
      throw error;
    }
  }
}

/** Remembers where this visit ended, beside what is known already. */
export function rememberVisit(
  path: string,
  file: ConsoleFile,
  {leafId, sequence}: {readonly leafId: string; readonly sequence: number},
): void {
  const at = new Date().toISOString();
  writeConsoleFile(path, {...file, visits: {...file.visits, [leafId]: {sequence, at}}});
}
