import type {LeafClient} from '#client/leaf-client.ts';
import {isCimError} from '#domain/errors.ts';
import type {StoredMessage} from '#domain/message.ts';

import {describePort} from './port-words.ts';
import {PortRowText, readRows} from './rows.ts';
import {EXIT, type Verb, withLeaf} from './verb.ts';

/** `port watch`. */
export const portWatch: Verb = {
  path: ['port', 'watch'],
  summary: 'each port as it changes, until Ctrl-C',
  words: [],
  options: [],
  run: (invocation) =>
    withLeaf(invocation, async ({client}) => {
      const {world, globals} = invocation;
      const {sequence} = await client.query('port', 'list', {limit: 1});
      const follow = client.events.follow({from: sequence + 1, signal: world.signal});
      for await (const message of follow) {
        for (const changed of await changedBy({client, signal: world.signal}, message)) {
          world.out(globals.json ? JSON.stringify(changed) : printChange(message, changed));
        }
      }
      return EXIT.interrupted;
    }),
};

/** A port as it is now, or what is left of one that nobody remembers. */
type Changed =
  | PortRowText
  | {readonly id: string; readonly state: 'absent'; readonly sequence: number};

interface Leaf {
  readonly client: LeafClient;
  readonly signal: AbortSignal;
}

/** An agent that starts anew tells of what has changed before it answers. */
const AGAIN_MS = 500;

async function listPorts({client, signal}: Leaf, request: object): Promise<readonly unknown[]> {
  for (;;) {
    try {
      return (await client.query('port', 'list', {...request})).rows;
    } catch (error) {
      const isAway = isCimError(error, 'no-agent') || isCimError(error, 'time-is-up');
      if (!isAway || signal.aborted) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

/** The ports that a message is about, as they are with it. */
async function changedBy(leaf: Leaf, message: StoredMessage): Promise<readonly Changed[]> {
  const lists = [];
  for (const about of aboutsOf(message)) {
    lists.push(await changedPortsOf(leaf, message, about));
  }
  return lists.flat();
}

async function changedPortsOf(
  leaf: Leaf,
  {sequence: seen}: StoredMessage,
  about: About,
): Promise<readonly Changed[]> {
  if ('portId' in about) {
    const rows = await listPorts(leaf, {target: about.portId, seen});
    const [row] = readRows(PortRowText, rows);
    return [row ?? {id: about.portId, state: 'absent', sequence: seen}];
  }
  const rows = await listPorts(leaf, {seen});
  return readRows(PortRowText, rows).filter(({device}) => device?.id === about.deviceId);
}

type About = {readonly portId: string} | {readonly deviceId: string};

/** The ports of an event, or the unit in one: not all name both. */
function aboutsOf(message: StoredMessage): readonly About[] {
  if (message.kind !== 'event') {
    return [];
  }
  const {event} = message;
  switch (event.type) {
    case 'cim.device.added.v1':
      return [event.data];
    case 'cim.device.removed.v1':
      return [event.data, ...(event.data.devices ?? [])];
    case 'cim.device.moved.v1': {
      const {before, followers = [], ports = []} = event.data;
      const left = [before, ...followers.map((follower) => follower.before)];
      const filled = [event.data, ...followers, ...ports.map(({id}) => ({portId: id}))];
      const ids = new Set([...left, ...filled].map(({portId}) => portId));
      return [...ids].map((portId) => ({portId}));
    }
    case 'cim.device.changed.v1':
    case 'cim.device.functions-changed.v1':
      return [{deviceId: event.subject}];
    case 'cim.role.bound.v1':
      return [event.data.target];
    case 'cim.role.unbound.v1':
      return [event.data.before.target];
    default:
      return event.type.startsWith('cim.port.') ? [{portId: event.subject}] : [];
  }
}

function printChange(message: StoredMessage, changed: Changed): string {
  const [time, what] =
    message.kind === 'event'
      ? [message.event.time, message.event.type.split('.').slice(1, 3).join(' ')]
      : ['-', message.kind];
  const now = 'name' in changed ? describePort(changed) : 'gone';
  return `${time}  ${what.padEnd(22)} ${changed.id}  ${now}`;
}
