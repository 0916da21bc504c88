import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';

import type {z} from 'zod';

import {
  type LeafAddress,
  type LeafLocator,
  RuntimeFile,
  StartingFile,
} from '#contracts/leaf-locator.ts';
import {CimError} from '#domain/errors.ts';

import type {Places} from './places.ts';
import {processStart} from './process-start.ts';

const FILE_NAME = 'leaf.json';
const STARTING_NAME = 'starting.json';

/** Who looks for an agent: a login name, and the credentials given where there are some. */
export interface Seeker {
  readonly actor: string;
  readonly credsPath?: string | undefined;
}

/** Finds agents through their runtime files, and keeps our own. */
export function createRuntimeFiles(places: Places, seeker: Seeker): LeafLocator {
  const own = join(places.runtime, FILE_NAME);
  const starting = join(places.runtime, STARTING_NAME);
  const write = (path: string, file: RuntimeFile | StartingFile): void => {
    mkdirSync(places.runtime, {recursive: true, mode: 0o755});
    writeFileSync(`${path}.new`, `${JSON.stringify(file)}\n`, {mode: 0o644});
    renameSync(`${path}.new`, path);
  };
  return {
    find() {
      const file = findLiving(places.searched, FILE_NAME, RuntimeFile);
      return Promise.resolve(file && addressOf(file, seeker));
    },
    announce(file) {
      write(own, file);
      rmSync(starting, {force: true});
      return Promise.resolve();
    },
    findStarting: () => Promise.resolve(findLiving(places.searched, STARTING_NAME, StartingFile)),
    tellStarting(file) {
      write(starting, file);
      return Promise.resolve();
    },
    withdraw() {
      removeOwn(own, RuntimeFile);
      removeOwn(starting, StartingFile);
      return Promise.resolve();
    },
  };
}

/** The first file of this name whose process lives. */
function findLiving<File extends {readonly pid: number; readonly startTime: string}>(
  folders: readonly string[],
  name: string,
  schema: z.ZodType<File>,
): File | undefined {
  for (const folder of folders) {
    const path = join(folder, name);
    const file = readFile(path, schema);
    if (file !== undefined && processStart(file.pid) === file.startTime) {
      return file;
    }
    if (file !== undefined) {
      removeStale(path);
    }
  }
  return undefined;
}

function addressOf(file: RuntimeFile, {actor, credsPath: given}: Seeker): LeafAddress {
  const {leafId, url, version, pid, credsDir} = file;
  const made = credsDir === null ? null : join(credsDir, `${actor}.creds`);
  const credsPath = given ?? made;
  if (credsPath !== null && !isReadable(credsPath)) {
    throw new CimError('leaf-not-yours', `leaf ${leafId}, pid ${pid}: no credentials for ${actor}`);
  }
  return {leafId, url, credsPath, actor, version, pid};
}

/** What another process has written there meanwhile is not ours. */
function removeOwn(path: string, schema: z.ZodType<{readonly pid: number}>): void {
  if (readFile(path, schema)?.pid === process.pid) {
    rmSync(path, {force: true});
  }
}

/** What another user's agent left behind is theirs to remove; it is passed over all the same. */
function removeStale(path: string): void {
  try {
    rmSync(path, {force: true});
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) {
      throw cause;
    }
  }
}

/** A broken or foreign file counts as none: an agent that runs writes its own anew. */
function readFile<File>(path: string, schema: z.ZodType<File>): File | undefined {
  if (!existsSync(path)) {
    return undefined;
  }
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined; // half-written by a crash, or of another version
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false; // which of the reasons it is does not matter to who asks
  }
}
