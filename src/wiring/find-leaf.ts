import {setTimeout} from 'node:timers/promises';

import {EXIT} from '#cli/verb.ts';
import type {LeafAddress, StartingFile} from '#contracts/leaf-locator.ts';
import {CimError, isCimError} from '#domain/errors.ts';
import {createRuntimeFiles} from '#drivers/home/runtime-file.ts';
import {type AgentEnd, startAgentProcess} from '#drivers/home/start-agent.ts';
import {readCredsName} from '#drivers/nats/creds-name.ts';
import type {Settings} from './config.ts';

/**
 * Where the leaf is: as asked for, else by its runtime file.
 * @throws CimError `no-agent`, `agent-starting`, `leaf-not-yours`
 */
export async function findLeaf(settings: Settings): Promise<LeafAddress> {
  const {natsUrl, credsPath, leafId, places} = settings;
  const actor = credsPath === undefined ? settings.actor : await readCredsName(credsPath);
  if (natsUrl !== undefined) {
    if (leafId === undefined) {
      throw new CimError('wrong-usage', 'a server given by --nats needs --leaf ID too');
    }
    return {leafId, url: natsUrl, credsPath: credsPath ?? null, actor, version: null, pid: null};
  }
  const files = createRuntimeFiles(places, {actor, credsPath});
  const found = await files.find();
  if (found === undefined || (leafId !== undefined && found.leafId !== leafId)) {
    const starting = await files.findStarting();
    if (starting !== undefined) {
      throw new CimError('agent-starting', `leaf ${starting.leafId} ${howFar(starting)}`);
    }
    throw new CimError('no-agent', `no agent runs for ${leafId ?? places.home}`);
  }
  return found;
}

const howFar = ({done, total}: StartingFile): string =>
  `reads its events: ${Math.floor((100 * done) / Math.max(1, total))} % of ${total}`;

/** How long an agent may go without a sign: its server may have much to recover. */
const START_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 25;

/**
 * Where the leaf is; where none runs, one is started first, as a process of its own. `onStarting` is
 * told that it starts, and then how far it is.
 * @throws CimError `no-agent` (it ended at once), `leaf-not-yours`, `time-is-up`
 */
export async function findOrStartLeaf(
  settings: Settings,
  onStarting: (words: string) => void,
): Promise<LeafAddress> {
  const {natsUrl, places} = settings;
  const first = natsUrl === undefined ? await lookFor(settings) : await findLeaf(settings);
  if ('url' in first) {
    return first;
  }
  onStarting('starting the service layer of this leaf; it goes on without a screen');
  const command = serveCommand(settings);
  const {home} = places;
  // An agent of somebody else's may be starting already.
  let ended =
    first.words === null ? startAgentProcess({command, home, env: process.env}).ended : null;
  let {words} = first;
  let limitMs = performance.now() + START_LIMIT_MS;
  while (performance.now() < limitMs) {
    const found = await lookFor(settings);
    if ('url' in found) {
      return found;
    }
    if (found.words !== null && found.words !== words) {
      words = found.words;
      limitMs = performance.now() + START_LIMIT_MS;
      onStarting(words);
    }
    const pause = setTimeout(LOOK_EVERY_MS, undefined);
    const end: AgentEnd | undefined = await (ended === null ? pause : Promise.race([pause, ended]));
    if (end !== undefined && end.exitCode !== EXIT.refused) {
      throw new CimError('no-agent', `start the leaf: ${end.words}`);
    }
    if (end !== undefined) {
      ended = null; // another console was quicker: its agent is waited for
    }
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

/** The leaf, or how far the start of its agent is; null: none is seen to start. */
async function lookFor(settings: Settings): Promise<LeafAddress | {readonly words: string | null}> {
  try {
    return await findLeaf(settings);
  } catch (error) {
    if (isCimError(error, 'no-agent')) {
      return {words: null};
    }
    if (isCimError(error, 'agent-starting')) {
      return {words: error.message};
    }
    throw error;
  }
}
