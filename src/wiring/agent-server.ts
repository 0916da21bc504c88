import {join} from 'node:path';

import type {Log} from '#contracts/log.ts';
import type {ServerAddress} from '#contracts/server.ts';
import {permittedAccounts} from '#drivers/home/accounts.ts';
import type {LeafFile} from '#drivers/home/leaf-file.ts';
import {processStart} from '#drivers/home/process-start.ts';
import {createRuntimeFiles} from '#drivers/home/runtime-file.ts';
import {createCredentialIssuer} from '#drivers/nats-server/credentials.ts';
import {createEmbeddedServer} from '#drivers/nats-server/embedded-server.ts';
import {createSystemClock} from '#drivers/system/clock.ts';
import {startAdmitting} from '#services/leaf/admit.ts';
import {type Settings, VERSION} from './config.ts';

/** What is known before anything is connected. */
export interface Building {
  readonly settings: Settings;
  readonly leaf: LeafFile;
  readonly log: Log;
}

/** The configured server, or one of our own with credentials for those who may use it. */
export async function provideServer(
  {settings, leaf, log, stack}: Building & {readonly stack: AsyncDisposableStack},
  signal: AbortSignal,
): Promise<ServerAddress> {
  const {places, natsUrl, credsPath} = settings;
  if (natsUrl !== undefined) {
    return {url: natsUrl, credsPath: credsPath ?? null};
  }
  const server = createEmbeddedServer({...leaf, home: places.home, log, env: process.env});
  const notice = (told: object): void => log.info(`nats-server: ${JSON.stringify(told)}`);
  const address = await server.start(notice, signal);
  stack.defer(() => server.stop());
  const admitting = await startAdmitting({
    accounts: {permitted: permittedAccounts},
    issuer: createCredentialIssuer({home: places.home}),
    clock: createSystemClock(),
    log,
    pathOf: (account) => join(places.creds, `${account}.creds`),
  });
  stack.defer(() => admitting.stop());
  return address;
}

const TELL_EVERY_MS = 250;

/** Tells who waits for this leaf how many of its events are read, a few times a second. */
export function startTeller(
  settings: Settings,
  {leafId}: LeafFile,
): (done: number, total: number) => void {
  const files = createRuntimeFiles(settings.places, settings);
  const self = {leafId, pid: process.pid, startTime: processStart(process.pid) ?? ''};
  let toldMs = performance.now();
  return (done, total) => {
    if (performance.now() - toldMs >= TELL_EVERY_MS) {
      toldMs = performance.now();
      void files.tellStarting({...self, done, total});
    }
  };
}

/** From here on consoles and commands find this leaf. */
export function announce(
  settings: Settings,
  {leafId}: LeafFile,
  {url}: ServerAddress,
): Promise<void> {
  const {places, natsUrl} = settings;
  return createRuntimeFiles(places, settings).announce({
    leafId,
    url,
    pid: process.pid,
    startTime: processStart(process.pid) ?? '',
    version: VERSION,
    home: places.home,
    credsDir: natsUrl === undefined ? places.creds : null,
  });
}
