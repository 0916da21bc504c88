import {chmod, mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';

import type {ServerAddress} from '#contracts/server.ts';
import {CimError} from '#domain/errors.ts';
import {accountsFolder, configPath, printConfig, serverLogPath} from './config.ts';
import {ensureAgentCreds} from './credentials.ts';
import {ensureKeys, storeFolder} from './keys.ts';
import {fileSystemBytes} from './store-size.ts';
import {findFreePort, findListener, isFree, type PortRange} from './tcp-port.ts';
import {makeTokens, type ServerTokens} from './tokens.ts';

/** Everything that must stand in the home before the server can start. */
export interface Prepared {
  readonly tcpPort: number;
  readonly address: ServerAddress;
}

export interface PrepareOptions {
  readonly home: string;
  readonly leafId: string;
  readonly tcpPorts: PortRange;
  readonly signal: AbortSignal;
}

/** A killed agent's server may need this long to let go of its TCP port. */
const PORT_WAIT_MS = 3000;
const PORT_CHECK_MS = 50;

/** Makes keys, credentials and configuration. @throws CimError `port-in-use`, `nats-server-failed` */
export async function prepareServer(options: PrepareOptions): Promise<Prepared> {
  const {home, leafId} = options;
  await makeFolders(home);
  const keys = await ensureKeys(home);
  const credsPath = await ensureAgentCreds(home, keys);
  const tcpPort = await choosePort(options);
  const tokens = await makeTokens(keys, leafId);
  await forgetOldTokens(home, tokens);
  const maxFileBytes = await fileSystemBytes(home);
  const config = printConfig({home, leafId, tcpPort, tokens, maxFileBytes});
  await replaceFile(configPath(home), config);
  return {tcpPort, address: {url: `nats://127.0.0.1:${tcpPort}`, credsPath}};
}

async function makeFolders(home: string): Promise<void> {
  try {
    for (const folder of [join(home, 'nats'), storeFolder(home), accountsFolder(home)]) {
      await mkdir(folder, {recursive: true, mode: 0o700});
      await chmod(folder, 0o700);
    }
    await mkdir(dirname(serverLogPath(home)), {recursive: true, mode: 0o700});
  } catch (error) {
    throw new CimError('nats-server-failed', `make the folders of ${home}`, {cause: error});
  }
}

/** Keeps the TCP port for all later starts, once the server has it. */
export const keepPort = (home: string, tcpPort: number): Promise<void> =>
  replaceFile(portPath(home), `${tcpPort}\n`);

const portPath = (home: string): string => join(home, 'nats', 'port');

async function choosePort({home, tcpPorts, signal}: PrepareOptions): Promise<number> {
  const kept = await keptPort(home);
  if (kept !== undefined) {
    await waitUntilFree(kept, signal);
    return kept;
  }
  const free = await findFreePort(tcpPorts);
  if (free === undefined) {
    throw new CimError('port-in-use', `TCP ports ${tcpPorts.first} to ${tcpPorts.last} are taken`);
  }
  return free;
}

async function keptPort(home: string): Promise<number | undefined> {
  try {
    const tcpPort = Number.parseInt(await readFile(portPath(home), 'utf8'), 10);
    return Number.isInteger(tcpPort) ? tcpPort : undefined;
  } catch {
    return undefined; // first start
  }
}

async function waitUntilFree(tcpPort: number, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + PORT_WAIT_MS;
  while (!(await isFree(tcpPort))) {
    if (performance.now() > deadline) {
      throw portInUse(tcpPort, await findListener(tcpPort));
    }
    await pause(PORT_CHECK_MS, undefined, {signal});
  }
}

/** The sentence with the pid, where it can be found. */
export const portInUse = (tcpPort: number, pid: number | undefined): CimError =>
  new CimError(
    'port-in-use',
    `TCP port ${tcpPort} of this leaf is held by ${pid === undefined ? 'another program' : `pid ${pid}`}`,
    {context: {tcpPort, pid: pid ?? null}},
  );

/**
 * The server keeps the newest token of each account by its time of issue: after a clock that
 * went back ours would lose, so the old ones go first.
 */
async function forgetOldTokens(home: string, tokens: ServerTokens): Promise<void> {
  for (const {id} of [tokens.system, tokens.leaf, tokens.people]) {
    await rm(join(accountsFolder(home), `${id}.jwt`), {force: true});
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const aside = `${path}.new`;
  await writeFile(aside, text, {mode: 0o600});
  await rename(aside, path);
}
