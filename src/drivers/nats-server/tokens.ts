import {
  createUser,
  encodeAccount,
  encodeOperator,
  encodeUser,
  fmtCreds,
  type KeyPair,
  newScopedSigner,
  type SigningKey,
} from '@nats-io/jwt';

import type {ServerKeys} from './keys.ts';
import {agentPermissions, consolePermissions, type RolePermissions} from './permissions.ts';

/** What the server's configuration names: all of it public. */
export interface ServerTokens {
  readonly operator: string;
  readonly systemAccount: {readonly id: string; readonly token: string};
  readonly leafAccount: {readonly id: string; readonly token: string};
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
 * Tokens of the operator and both accounts, signed afresh at each start, so that permissions are
 * always those of this build. They never run out: a leaf's clock may be wrong.
 */
export async function makeTokens(keys: ServerKeys, leafId: string): Promise<ServerTokens> {
  const {operator, system, leaf} = keys;
  const systemId = system.getPublicKey();
  const leafLimits = {
    limits: {...ACCOUNT_LIMITS, ...JETSTREAM_LIMITS},
    signing_keys: [
      scope(keys.agentSigner, 'agent', agentPermissions()),
      scope(keys.consoleSigner, 'console', consolePermissions(leafId)),
    ],
  };
  const signed = {signer: operator};
  return {
    operator: await encodeOperator('cim-leaf', operator, {system_account: systemId}),
    systemAccount: {
      id: systemId,
      token: await encodeAccount('SYS', system, {limits: ACCOUNT_LIMITS}, signed),
    },
    leafAccount: {
      id: leaf.getPublicKey(),
      token: await encodeAccount('LEAF', leaf, leafLimits, signed),
    },
  };
}

/** A credentials file's text for a new user of a role. The name is the user's subject token. */
export async function makeCreds(keys: ServerKeys, role: Role, name: string): Promise<Uint8Array> {
  const user = createUser();
  const signer = role === 'agent' ? keys.agentSigner : keys.consoleSigner;
  const token = await encodeUser(name, user, keys.leaf, {}, {signer, scopedUser: true});
  return fmtCreds(token, user);
}

const scope = (key: KeyPair, role: Role, {publish, subscribe}: RolePermissions): SigningKey =>
  newScopedSigner(key, role, {
    pub: {allow: [...publish]},
    sub: {allow: [...subscribe]},
  });
