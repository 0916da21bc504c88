import {
  createUser,
  type Export,
  encodeAccount,
  encodeOperator,
  encodeUser,
  fmtCreds,
  type Import,
  type KeyPair,
  newScopedSigner,
  type SigningKey,
} from '@nats-io/jwt';

import type {ServerKeys} from './keys.ts';
import {
  agentPermissions,
  consolePermissions,
  type RolePermissions,
  sharedSubjects,
} from './permissions.ts';

export interface AccountToken {
  readonly id: string;
  readonly token: string;
}

/** What the server's configuration names: all of it public. */
export interface ServerTokens {
  readonly operator: string;
  readonly system: AccountToken;
  readonly leaf: AccountToken;
  readonly people: AccountToken;
}

export type Role = 'agent' | 'console';

const NO_LIMIT = -1;

/** Without these JetStream stays off in an account. */
const JETSTREAM_LIMITS = {
  mem_storage: NO_LIMIT,
  disk_storage: NO_LIMIT,
  streams: NO_LIMIT,
  consumer: NO_LIMIT,
  mem_max_stream_bytes: NO_LIMIT,
  disk_max_stream_bytes: NO_LIMIT,
  max_bytes_required: false,
  max_ack_pending: NO_LIMIT,
};

const ACCOUNT_LIMITS = {
  subs: NO_LIMIT,
  data: NO_LIMIT,
  payload: NO_LIMIT,
  imports: NO_LIMIT,
  exports: NO_LIMIT,
  wildcards: true,
  conn: NO_LIMIT,
  leaf: NO_LIMIT,
};

/**
 * Tokens of the operator and the accounts, signed afresh at each start, so that permissions are
 * always those of this build. They never run out: a leaf's clock may be wrong.
 *
 * People have an account of their own. The server answers a request to whatever reply subject it
 * bears, unchecked: within one account a console could have JetStream's answers, old events among
 * them, written into the event stream. Between accounts a reply leads back to who asked.
 */
export async function makeTokens(keys: ServerKeys, leafId: string): Promise<ServerTokens> {
  const {operator, system, leaf, people} = keys;
  const signed = {signer: operator};
  const account = async (
    name: string,
    key: KeyPair,
    claims: Parameters<typeof encodeAccount>[2],
  ) => ({
    id: key.getPublicKey(),
    token: await encodeAccount(name, key, claims, signed),
  });
  return {
    operator: await encodeOperator('cim-leaf', operator, {system_account: system.getPublicKey()}),
    system: await account('SYS', system, {limits: ACCOUNT_LIMITS}),
    leaf: await account('LEAF', leaf, {
      limits: {...ACCOUNT_LIMITS, ...JETSTREAM_LIMITS},
      signing_keys: [scope(keys.agentSigner, 'agent', agentPermissions())],
      exports: exportsOf(leafId),
    }),
    people: await account('PEOPLE', people, {
      limits: ACCOUNT_LIMITS,
      signing_keys: [scope(keys.consoleSigner, 'console', consolePermissions(leafId))],
      imports: exportsOf(leafId).map(
        ({name, subject, type}): Import => ({name, subject, type, account: leaf.getPublicKey()}),
      ),
    }),
  };
}

function exportsOf(leafId: string): Export[] {
  const {requests, streamed, heard} = sharedSubjects(leafId);
  const service =
    (answer: 'Singleton' | 'Stream') =>
    (subject: string): Export => ({
      name: subject,
      subject,
      type: 'service',
      response_type: answer,
    });
  return [
    ...requests.map(service('Singleton')),
    ...streamed.map(service('Stream')),
    ...heard.map((subject): Export => ({name: subject, subject, type: 'stream'})),
  ];
}

/** A credentials file's text for a new user of a role. The name is the user's subject token. */
export async function makeCreds(keys: ServerKeys, role: Role, name: string): Promise<Uint8Array> {
  const user = createUser();
  const {account, signer} = issuerOf(keys, role);
  const token = await encodeUser(name, user, account, {}, {signer, scopedUser: true});
  return fmtCreds(token, user);
}

/** The account of a role's users, and the key that signs for them. */
export const issuerOf = (
  keys: ServerKeys,
  role: Role,
): {readonly account: KeyPair; readonly signer: KeyPair} =>
  role === 'agent'
    ? {account: keys.leaf, signer: keys.agentSigner}
    : {account: keys.people, signer: keys.consoleSigner};

const scope = (key: KeyPair, role: Role, {publish, subscribe}: RolePermissions): SigningKey =>
  newScopedSigner(key, role, {
    pub: {allow: [...publish]},
    sub: {allow: [...subscribe]},
  });
