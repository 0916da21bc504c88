import {chmod, mkdir, readdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

import {createAccount, createOperator, fromSeed, type KeyPair} from '@nats-io/jwt';

import {CimError} from '#domain/errors.ts';

/** The keys of a leaf's own server. Seeds are secrets: they stay in `<home>/keys`. */
export interface ServerKeys {
  readonly operator: KeyPair;
  readonly system: KeyPair;
  /** Account of the agent and the streams. */
  readonly leaf: KeyPair;
  /** Account of the people: see tokens.ts. */
  readonly people: KeyPair;
  readonly agentSigner: KeyPair;
  readonly consoleSigner: KeyPair;
}

const FILES = {
  operator: {name: 'operator.nk', kind: 'O', make: createOperator},
  system: {name: 'system-account.nk', kind: 'A', make: createAccount},
  leaf: {name: 'leaf-account.nk', kind: 'A', make: createAccount},
  people: {name: 'people-account.nk', kind: 'A', make: createAccount},
  agentSigner: {name: 'agent-signing.nk', kind: 'A', make: createAccount},
  consoleSigner: {name: 'console-signing.nk', kind: 'A', make: createAccount},
} as const;

type KeyFile = (typeof FILES)[keyof typeof FILES];

/** Folder of the leaf's secrets. */
export const keysFolder = (home: string): string => join(home, 'keys');

/** Where the leaf's own server keeps its streams. */
export const storeFolder = (home: string): string => join(home, 'nats', 'jetstream');

/** The keys of this home. @throws CimError `nats-server-failed` when one is missing or broken */
export async function readKeys(home: string): Promise<ServerKeys> {
  const read = (file: KeyFile) => readKey(join(keysFolder(home), file.name), file.kind);
  return {
    operator: await read(FILES.operator),
    system: await read(FILES.system),
    leaf: await read(FILES.leaf),
    people: await read(FILES.people),
    agentSigner: await read(FILES.agentSigner),
    consoleSigner: await read(FILES.consoleSigner),
  };
}

/**
 * The keys of this home, made where there are none. A half-made set is made anew, but only while
 * nothing is stored: the streams belong to the account that the keys name.
 * @throws CimError `nats-server-failed`
 */
export async function ensureKeys(home: string): Promise<ServerKeys> {
  try {
    const keys = await readKeys(home);
    await chmod(keysFolder(home), 0o700);
    return keys;
  } catch (error) {
    if (await hasStreams(home)) {
      throw new CimError(
        'nats-server-failed',
        `read ${keysFolder(home)}: keys are missing, and the store they belong to is not empty`,
        {cause: error},
      );
    }
    await makeKeys(home);
    return readKeys(home);
  }
}

async function readKey(path: string, kind: string): Promise<KeyPair> {
  try {
    const key = fromSeed(new Uint8Array(await readFile(path)));
    if (!key.getPublicKey().startsWith(kind)) {
      throw new CimError('nats-server-failed', `${path} is a key of another kind`);
    }
    await chmod(path, 0o600);
    return key;
  } catch (error) {
    throw new CimError('nats-server-failed', `read key ${path}`, {cause: error});
  }
}

/** All or none: written beside, then put in place by one rename. */
async function makeKeys(home: string): Promise<void> {
  const folder = keysFolder(home);
  const aside = `${folder}.new`;
  await rm(aside, {recursive: true, force: true});
  await mkdir(aside, {recursive: true, mode: 0o700});
  for (const {name, make} of Object.values(FILES)) {
    await writeFile(join(aside, name), make().getSeed(), {mode: 0o600});
  }
  await rm(folder, {recursive: true, force: true});
  await rename(aside, folder);
}

/** True when the server has stored a stream here: `<store>/jetstream/<account>/streams/<name>`. */
async function hasStreams(home: string): Promise<boolean> {
  const root = join(storeFolder(home), 'jetstream');
  for (const account of await namesIn(root)) {
    if ((await namesIn(join(root, account, 'streams'))).length > 0) {
      return true;
    }
  }
  return false;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
