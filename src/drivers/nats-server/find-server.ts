import {execFile} from 'node:child_process';
import {accessSync, constants, readFileSync, statSync} from 'node:fs';
import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';
import {promisify} from 'node:util';

import {z} from 'zod';

import {CimError} from '#domain/errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A nats-server that is new enough. */
export interface FoundServer {
  readonly path: string;
  readonly version: string;
}

const run = promisify(execFile);
const VERSION_LIMIT_MS = 5000;
const SYSTEM_FOLDERS = ['/usr/local/bin', '/usr/bin', '/usr/sbin', '/run/current-system/sw/bin'];

/** `<cache>/tools.json`, written by bin/setup. */
const Tools = z.object({natsServer: z.string().nullable().optional()});

/**
 * Finds a nats-server ≥ 2.12: CIM_NATS_SERVER alone when it is set; else the one that setup
 * fetched, PATH, and the system's folders. @throws CimError `nats-server-failed` (none found),
 * `nats-too-old` (naming its version)
 */
export async function findNatsServer(env: Environment, signal?: AbortSignal): Promise<FoundServer> {
  const tooOld: FoundServer[] = [];
  for (const path of candidates(env)) {
    const version = await versionOf(path, signal);
    if (version !== undefined && isRecentEnough(version)) {
      return {path, version};
    }
    if (version !== undefined) {
      tooOld.push({path, version});
    }
  }
  const [old] = tooOld;
  if (old !== undefined) {
    throw new CimError('nats-too-old', `${old.path} is nats-server ${old.version}, not 2.12`);
  }
  throw new CimError('nats-server-failed', `no nats-server: ${placesLooked(env)}`);
}

/** True for nats-server 2.12 and newer: older ones store a batch in parts, without a word. */
export function isRecentEnough(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major !== undefined && minor !== undefined && (major > 2 || (major === 2 && minor >= 12));
}

/** Path of an executable by name, on PATH or in the system's folders. */
export const findExecutable = (name: string, env: Environment): string | undefined =>
  foldersOf(env)
    .map((folder) => join(folder, name))
    .find(isExecutable);

function candidates(env: Environment): readonly string[] {
  const {CIM_NATS_SERVER: configured} = env;
  if (configured !== undefined && configured !== '') {
    return [configured];
  }
  const fetched = fetchedServer(env);
  const onPath = foldersOf(env).map((folder) => join(folder, 'nats-server'));
  return [...new Set([...(fetched === undefined ? [] : [fetched]), ...onPath])].filter(
    isExecutable,
  );
}

function fetchedServer(env: Environment): string | undefined {
  try {
    const text = readFileSync(join(cacheFolder(env), 'tools.json'), 'utf8');
    return Tools.parse(JSON.parse(text)).natsServer ?? undefined;
  } catch {
    return undefined; // setup has not run, or found none: the next place is looked at
  }
}

function cacheFolder({XDG_CACHE_HOME: cache, HOME: home}: Environment): string {
  const base = cache !== undefined && isAbsolute(cache) ? cache : join(home || homedir(), '.cache');
  return join(base, 'cim-leaf');
}

const foldersOf = ({PATH: path}: Environment): readonly string[] => [
  ...(path ?? '').split(':').filter(isAbsolute),
  ...SYSTEM_FOLDERS,
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // not there, or not for us: the next place is looked at
  }
}

async function versionOf(path: string, signal?: AbortSignal): Promise<string | undefined> {
  try {
    const {stdout} = await run(path, ['--version'], {
      timeout: VERSION_LIMIT_MS,
      ...(signal === undefined ? {} : {signal}),
    });
    return /v(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1];
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Error && 'code' in error) {
      return undefined; // it does not start here: the next place is looked at
    }
    throw error;
  }
}

const placesLooked = ({CIM_NATS_SERVER: configured}: Environment): string =>
  configured === undefined || configured === ''
    ? 'neither fetched by setup nor on PATH or in /usr/sbin'
    : `CIM_NATS_SERVER is ${configured}, which does not run`;
