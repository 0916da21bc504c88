import {setTimeout} from 'node:timers/promises';

import {EXIT} from '#cli/verb.ts';
import type {LeafAddress} from '#contracts/leaf-locator.ts';
import {CimError, isCimError} from '#domain/errors.ts';
import {createRuntimeFiles} from '#drivers/home/runtime-file.ts';
import {type AgentEnd, startAgentProcess} from '#drivers/home/start-agent.ts';
import {readCredsName} from '#drivers/nats/creds-name.ts';
import type {Settings} from './config.ts';

/** Where the leaf is: as asked for, else by its runtime file. @throws CimError `no-agent` */
export async function findLeaf(settings: Settings): Promise<LeafAddress> {
  const {natsUrl, credsPath, leafId, places} = settings;
  const actor = credsPath === undefined ? settings.actor : await readCredsName(credsPath);
  if (natsUrl !== undefined) {
    if (leafId === undefined) {
      throw new CimError('wrong-usage', 'a server given by --nats needs --leaf ID too');
    }
    return {leafId, url: natsUrl, credsPath: credsPath ?? null, actor, version: null, pid: null};
  }
  const found = await createRuntimeFiles(places, {actor, credsPath}).find();
  if (found === undefined || (leafId !== undefined && found.leafId !== leafId)) {
    throw new CimError('no-agent', `no agent runs for ${leafId ?? places.home}`);
  }
  return found;
}

/** How long an agent may take until it can be reached: its server may have much to recover. */
const START_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 25;

/**
 * Where the leaf is; where none runs, one is started first, as a process of its own.
 * @throws CimError `no-agent` (it ended at once), `leaf-not-yours`, `time-is-up`
 */
export async function findOrStartLeaf(
  settings: Settings,
  onStarting: () => void,
): Promise<LeafAddress> {
  const found = await findQuietly(settings);
  if (found !== undefined || settings.natsUrl !== undefined) {
    return found ?? findLeaf(settings);
  }
  onStarting();
  const {home} = settings.places;
  const started = startAgentProcess({command: serveCommand(settings), home, env: process.env});
  const limitMs = performance.now() + START_LIMIT_MS;
  let isAnothers = false;
  while (performance.now() < limitMs) {
    const address = await findQuietly(settings);
    if (address !== undefined) {
      return address;
    }
    const pause = setTimeout(LOOK_EVERY_MS, undefined);
    const end: AgentEnd | undefined = await (isAnothers
      ? pause
      : Promise.race([pause, started.ended]));
    if (end !== undefined && end.exitCode !== EXIT.refused) {
      throw new CimError('no-agent', `start the leaf: ${end.words}`);
    }
    isAnothers ||= end !== undefined; // another console was quicker: its agent is waited for
  }
  throw new CimError('time-is-up', `start the leaf in ${home}: see its log folder`);
}

/**
 * `serve` with this program, for the same home and leaf as we were asked for. It does not stand by:
 * each console would leave one behind.
 */
export function serveCommand({places, leafId}: Settings): readonly [string, ...string[]] {
  const [script = ''] = process.argv.slice(1);
  const home = places.isAsked ? ['--home', places.home] : [];
  const leaf = leafId === undefined ? [] : ['--leaf', leafId];
  return [process.execPath, ...process.execArgv, script, 'serve', '--no-standby', ...home, ...leaf];
}

async function findQuietly(settings: Settings): Promise<LeafAddress | undefined> {
  try {
    return await findLeaf(settings);
  } catch (error) {
    if (isCimError(error, 'no-agent')) {
      return undefined;
    }
    throw error;
  }
}
