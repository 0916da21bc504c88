import {readFile} from 'node:fs/promises';

import {
  type ConnectionOptions,
  connect,
  credsAuthenticator,
  type NatsConnection,
} from '@nats-io/transport-node';

import {CimError} from '#domain/errors.ts';
import {natsError} from './errors.ts';
import {createNatsLink, type NatsLink} from './link.ts';
import {untilAborted} from './until-aborted.ts';

/** How to reach a server, and as whom. */
export interface ConnectOptions {
  readonly url: string;
  /** Credentials file; null where the server asks for none. */
  readonly credsPath: string | null;
  /** Name that the server's connection list shows. */
  readonly name: string;
  /** `_INBOX.<actor token>` for a console: its credentials hear nothing else. */
  readonly inboxPrefix?: string | undefined;
  /** How long the first connection may take, 5 s unless told. */
  readonly timeoutMs?: number | undefined;
  readonly signal: AbortSignal;
}

const CONNECT_TIMEOUT_MS = 5000;
const RECONNECT_WAIT_MS = 250;
const PING_INTERVAL_MS = 10_000;

/**
 * Connects once, and from then on reconnects for ever. @throws CimError `no-agent` (nobody listens
 * there), `nats-refused`, `time-is-up`, `nats-failed`
 */
export async function connectNats(options: ConnectOptions): Promise<NatsLink> {
  const doing = `connect to ${options.url}`;
  const settings = await settingsOf(options);
  const work = connect(settings);
  try {
    return createNatsLink(await untilAborted(work, options.signal), options.inboxPrefix);
  } catch (error) {
    void work.then(closeQuietly, () => undefined);
    throw isNobodyThere(error)
      ? new CimError('no-agent', `${doing}: nobody listens there`, {cause: error})
      : natsError(error, doing);
  }
}

async function settingsOf(options: ConnectOptions): Promise<ConnectionOptions> {
  const {url, credsPath, name, inboxPrefix, timeoutMs = CONNECT_TIMEOUT_MS} = options;
  return {
    servers: url,
    name,
    timeout: timeoutMs,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RECONNECT_WAIT_MS,
    reconnectJitter: RECONNECT_WAIT_MS / 5,
    ignoreAuthErrorAbort: true,
    ignoreClusterUpdates: true,
    noAsyncTraces: true,
    pingInterval: PING_INTERVAL_MS,
    ...(inboxPrefix === undefined ? {} : {inboxPrefix}),
    ...(credsPath === null ? {} : {authenticator: credsAuthenticator(await readCreds(credsPath))}),
  };
}

async function readCreds(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new CimError('nats-refused', `read credentials ${path}`, {cause: error});
  }
}

const isNobodyThere = (error: unknown): boolean =>
  error instanceof Error && /ECONNREFUSED|connection refused/i.test(error.message);

async function closeQuietly(connection: NatsConnection): Promise<void> {
  await connection.close();
}
