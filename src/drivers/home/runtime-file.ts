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

import {type LeafAddress, type LeafLocator, RuntimeFile} from '#contracts/leaf-locator.ts';
import {CimError} from '#domain/errors.ts';

import type {Places} from './places.ts';
import {processStart} from './process-start.ts';

const FILE_NAME = 'leaf.json';

/** Who looks for an agent: a login name, and the credentials given where there are some. */
export interface Seeker {
  readonly actor: string;
  readonly credsPath?: string | undefined;
}

/** Finds agents through their runtime files, and keeps our own. */
export function createRuntimeFiles(places: Places, seeker: Seeker): LeafLocator {
  const own = join(places.runtime, FILE_NAME);
  return {
    find: () => Promise.resolve(findAddress(places.searched, seeker)),
    announce(file) {
      mkdirSync(places.runtime, {recursive: true, mode: 0o755});
      writeFileSync(`${own}.new`, `${JSON.stringify(file)}\n`, {mode: 0o644});
      renameSync(`${own}.new`, own);
      return Promise.resolve();
    },
    withdraw() {
      if (readRuntimeFile(own)?.pid === process.pid) {
        rmSync(own, {force: true});
      }
      return Promise.resolve();
    },
  };
}

function findAddress(folders: readonly string[], seeker: Seeker): LeafAddress | undefined {
  for (const folder of folders) {
    const path = join(folder, FILE_NAME);
    const file = readRuntimeFile(path);
    if (file === undefined) {
      continue;
    }
    if (processStart(file.pid) !== file.startTime) {
      removeStale(path);
      continue;
    }
    return addressOf(file, seeker);
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
function readRuntimeFile(path: string): RuntimeFile | undefined {
  if (!existsSync(path)) {
    return undefined;
  }
  try {
    return RuntimeFile.parse(JSON.parse(readFileSync(path, 'utf8')));
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
