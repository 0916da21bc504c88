import {join} from 'node:path';

import {storeFolder} from './keys.ts';
import type {ServerTokens} from './tokens.ts';

export interface ServerConfig {
  readonly home: string;
  readonly leafId: string;
  readonly tcpPort: number;
  readonly tokens: ServerTokens;
  /** Most that all streams together may take of the disk. */
  readonly maxFileBytes: number;
}

const AUTH_TIMEOUT_SECONDS = 30;
const LOG_SIZE_BYTES = 5 * 1024 * 1024;
const LOG_FILES = 3;
const MAX_MEMORY_BYTES = 128 * 1024 * 1024;

export const configPath = (home: string): string => join(home, 'nats', 'server.conf');
export const accountsFolder = (home: string): string => join(home, 'nats', 'accounts');
export const serverLogPath = (home: string): string => join(home, 'log', 'nats-server.log');

/** The server's own name, by which it is told from a stranger on the same TCP port. */
export const serverName = (leafId: string): string => `cim-${leafId}`;

/** Configuration of the leaf's own server: loopback, operator mode, never open, fsync always. */
export function printConfig({home, leafId, tcpPort, tokens, maxFileBytes}: ServerConfig): string {
  const {operator, ...accounts} = tokens;
  const preloaded = Object.values(accounts).map(({id, token}) => `  ${id}: ${quote(token)}`);
  return `# Written by cim-leaf at each start.
server_name: ${quote(serverName(leafId))}
listen: "127.0.0.1:${tcpPort}"

# Proving who one is takes a busy machine longer than the 2 s that the server gives.
authorization: {timeout: ${AUTH_TIMEOUT_SECONDS}}
operator: ${quote(operator)}
system_account: ${accounts.system.id}
resolver: {
  type: full
  dir: ${quote(accountsFolder(home))}
  allow_delete: false
}
resolver_preload: {
${preloaded.join('\n')}
}

jetstream: {
  store_dir: ${quote(storeFolder(home))}
  domain: ${quote(leafId)}
  max_memory_store: ${MAX_MEMORY_BYTES}
  max_file_store: ${maxFileBytes}
  sync_interval: always
}

log_file: ${quote(serverLogPath(home))}
logfile_size_limit: ${LOG_SIZE_BYTES}
logfile_max_num: ${LOG_FILES}
`;
}

const quote = (text: string): string => JSON.stringify(text);
