import {userInfo} from 'node:os';
import {setTimeout} from 'node:timers/promises';
import type {Connected} from '#cli/verb.ts';
import {createLeafClient, type LeafClientOptions} from '#client/leaf-client.ts';
import type {Bus} from '#contracts/bus.ts';
import type {LeafAddress} from '#contracts/leaf-locator.ts';
import type {Log} from '#contracts/log.ts';
import type {Origin} from '#domain/command.ts';
import {CimError, isCimError} from '#domain/errors.ts';
import {tokenFromId} from '#domain/ids.ts';
import {createRuntimeFiles} from '#drivers/home/runtime-file.ts';
import {startAgentProcess} from '#drivers/home/start-agent.ts';
import {createNatsBus} from '#drivers/nats/bus.ts';
import {connectNats} from '#drivers/nats/connect.ts';
import {readCredsName} from '#drivers/nats/creds-name.ts';
import {createJetStreamEventReader} from '#drivers/nats/event-reader.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {createSystemIds} from '#drivers/system/ids.ts';
import type {Settings} from './config.ts';

/** A reached leaf, with the link under it. */
export interface Reached extends Connected {
  readonly bus: Bus;
  readonly address: LeafAddress;
}

/** Where the leaf is: as asked for, else by its runtime file. @throws CimError `no-agent` */
export async function findLeaf(settings: Settings): Promise<LeafAddress> {
  const {natsUrl, credsPath, leafId, places, actor} = settings;
  if (natsUrl !== undefined) {
    if (leafId === undefined) {
      throw new CimError('wrong-usage', 'a server given by --nats needs --leaf ID too');
    }
    const name = credsPath === undefined ? actor : await readCredsName(credsPath);
    return {
      leafId,
      url: natsUrl,
      credsPath: credsPath ?? null,
      actor: name,
      version: null,
      pid: null,
    };
  }
  const found = await createRuntimeFiles(places, actor).find();
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
  const [script = ''] = process.argv.slice(1);
  const {home} = settings.places;
  const started = startAgentProcess({command: [process.execPath, script], home, env: process.env});
  const end = performance.now() + START_LIMIT_MS;
  while (performance.now() < end) {
    const address = await findQuietly(settings);
    if (address !== undefined) {
      return address;
    }
    await Promise.race([setTimeout(LOOK_EVERY_MS), started.ended]);
  }
  throw new CimError('time-is-up', `start the leaf in ${home}: see its log folder`);
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

/** Connects to a leaf as this person. @throws CimError `no-agent`, `nats-refused`, `time-is-up` */
export async function reachLeaf(
  address: LeafAddress,
  options: Pick<LeafClientOptions, 'channel' | 'timeoutMs'> & {
    readonly log: Log;
    readonly signal: AbortSignal;
  },
): Promise<Reached> {
  const {leafId, url, credsPath, actor} = address;
  const {log, signal, channel, timeoutMs} = options;
  const inboxPrefix = `_INBOX.${tokenFromId(actor)}`;
  const link = await connectNats({url, credsPath, name: `cim-tui ${channel}`, inboxPrefix, signal});
  const bus = createNatsBus({link, log});
  const client = createLeafClient({
    leafId,
    actor,
    channel,
    timeoutMs,
    origin: originOfHere(process.env),
    bus,
    events: createJetStreamEventReader({link, leafId}),
    codec: createCodec(),
    ids: createSystemIds(),
  });
  return {client, url, credsPath, bus, address, close: () => bus.close()};
}

/** Where this person sits, as far as the environment tells: a claim, no proof. */
function originOfHere(env: NodeJS.ProcessEnv): Origin {
  const [sshAddress] = env.SSH_CONNECTION?.split(' ') ?? [];
  const tty = env.SSH_TTY ?? env.XDG_VTNR;
  return {
    kind: sshAddress === undefined ? 'tty' : 'ssh',
    uid: String(userInfo().uid),
    ...(tty === undefined ? {} : {tty}),
    ...(sshAddress === undefined ? {} : {address: sshAddress}),
  };
}
