import {chmod, chown, mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';

import {parseCreds} from '@nats-io/jwt';

import type {CredentialIssuer} from '#contracts/server.ts';
import {CimError} from '#domain/errors.ts';
import {tokenFromId} from '#domain/ids.ts';
import {keysFolder, readKeys, type ServerKeys} from './keys.ts';
import {issuerOf, makeCreds, type Role} from './tokens.ts';

export interface CredentialIssuerOptions {
  /** Home of the leaf whose server made its keys there. */
  readonly home: string;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The agent's own credentials in its home. */
export const agentCredsPath = (home: string): string => join(keysFolder(home), 'agent.creds');

/** Writes credentials files with the keys of the leaf's own server. */
export function createCredentialIssuer({home}: CredentialIssuerOptions): CredentialIssuer {
  /** What held when last looked at: to look again costs a dozen signatures' worth of work. */
  const known = new Map<string, {readonly name: string; readonly text: string}>();
  return {
    async issueConsole(actor, path, owner) {
      const name = tokenFromId(actor);
      const before = known.get(path);
      if (before?.name !== name || before.text !== (await readText(path))) {
        await issue(await readKeys(home), {role: 'console', name, path});
        known.set(path, {name, text: (await readText(path)) ?? ''});
      }
      await settle(path, owner);
    },
  };
}

/** Writes the agent's credentials where there are none that hold. */
export async function ensureAgentCreds(home: string, keys: ServerKeys): Promise<string> {
  const path = agentCredsPath(home);
  await issue(keys, {role: 'agent', name: 'agent', path});
  await settle(path, null);
  return path;
}

interface Wanted {
  readonly role: Role;
  readonly name: string;
  readonly path: string;
}

async function issue(keys: ServerKeys, wanted: Wanted): Promise<void> {
  if (await isStillValid(keys, wanted)) {
    return;
  }
  const {path, role, name} = wanted;
  const aside = `${path}.new`;
  try {
    await mkdir(dirname(path), {recursive: true});
    await rm(aside, {force: true});
    await writeFile(aside, await makeCreds(keys, role, name), {mode: 0o600, flag: 'wx'});
    await rename(aside, path);
  } catch (error) {
    throw new CimError('permission-denied', `write credentials ${path}`, {cause: error});
  }
}

/** Same name, signed by today's key of the role: the server will take it. */
async function isStillValid(keys: ServerKeys, {role, name, path}: Wanted): Promise<boolean> {
  const {account, signer} = issuerOf(keys, role);
  try {
    const {uc, aid} = await parseCreds(await readFile(path));
    return uc.name === name && uc.iss === signer.getPublicKey() && aid === account.getPublicKey();
  } catch {
    return false; // not there or not readable as credentials: new ones are written
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined; // somebody took it away: it is made anew
  }
}

async function settle(path: string, owner: Owner | null): Promise<void> {
  try {
    await chmod(path, 0o600);
    if (owner !== null) {
      await chown(path, owner.uid, owner.gid);
    }
  } catch (error) {
    throw new CimError('permission-denied', `give credentials ${path} to its user`, {cause: error});
  }
}
