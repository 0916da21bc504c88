import type {LeafClient} from '#client/leaf-client.ts';
import {describeMessage, type Names} from '#domain/event/words.ts';
import type {StoredMessage} from '#domain/message.ts';
import {stripControls} from '#domain/text.ts';

import {printRefusal} from './answer.ts';
import {filterRows, PortRowText, readRows} from './rows.ts';
import {EXIT, type Invocation, type Verb, withLeaf} from './verb.ts';

const DEFAULT_COUNT = 50;

const list: Verb = {
  path: ['event', 'list'],
  summary: `the newest events, oldest first; ${DEFAULT_COUNT} unless told`,
  words: [],
  options: [
    {name: 'limit', value: 'N', summary: 'how many'},
    {name: 'from', value: 'SEQUENCE', summary: 'from this one on'},
  ],
  run: (invocation) =>
    withLeaf(invocation, async ({client}) => {
      const {world, args} = invocation;
      const range = readRange(args.options);
      if (typeof range === 'string') {
        world.err(`cim-tui: ${range}`);
        return EXIT.usage;
      }
      const last = await client.events.lastSequence(world.signal);
      const limit = range.limit ?? (range.from === undefined ? DEFAULT_COUNT : last);
      const from = range.from ?? Math.max(1, last - limit + 1);
      const names = await namesOf(client);
      let count = 0;
      for await (const message of client.events.readAll({from, signal: world.signal})) {
        printMessage(invocation, message, names);
        count += 1;
        if (count >= limit) {
          break;
        }
      }
      return EXIT.done;
    }),
};

const follow: Verb = {
  path: ['event', 'follow'],
  summary: 'each event as it is stored, until Ctrl-C',
  words: [],
  options: [{name: 'from', value: 'SEQUENCE', summary: 'from this one on; else only new ones'}],
  run: (invocation) =>
    withLeaf(invocation, async ({client}) => {
      const {world, args} = invocation;
      const range = readRange(args.options);
      if (typeof range === 'string') {
        world.err(`cim-tui: ${range}`);
        return EXIT.usage;
      }
      const from = range.from ?? (await client.events.lastSequence(world.signal)) + 1;
      const names = await namesOf(client);
      for await (const message of client.events.follow({from, signal: world.signal})) {
        printMessage(invocation, message, names);
      }
      return EXIT.interrupted;
    }),
};

const show: Verb = {
  path: ['event', 'show'],
  summary: 'one event, whole',
  words: [{name: 'SEQUENCE'}],
  options: [],
  run: (invocation) =>
    withLeaf(invocation, async ({client}) => {
      const {world, globals, args} = invocation;
      const [word = ''] = args.words;
      if (!/^[1-9]\d{0,14}$/.test(word)) {
        world.err(`cim-tui: a sequence is a number from 1, not "${word}"`);
        return EXIT.usage;
      }
      const message = await client.readEvent(Number(word));
      if (message === undefined) {
        return printRefusal(invocation, {refused: 'no-event', detail: word});
      }
      world.out(JSON.stringify(jsonOf(message), null, globals.json ? undefined : 2));
      return EXIT.done;
    }),
};

/** `event` verbs that only look; `undo` is made from its descriptor. */
export const EVENT_VERBS: readonly Verb[] = [list, follow, show];

function readRange(
  options: Readonly<Record<string, string | boolean>>,
): {readonly limit: number | undefined; readonly from: number | undefined} | string {
  for (const name of ['limit', 'from']) {
    const value = options[name];
    if (value !== undefined && !/^[1-9]\d{0,14}$/.test(String(value))) {
      return `--${name} takes a number from 1, not "${value}"`;
    }
  }
  const {limit, from} = options;
  return {
    limit: limit === undefined ? undefined : Number(limit),
    from: from === undefined ? undefined : Number(from),
  };
}

/** The CloudEvent with its sequence; what can't be read comes with the reason. */
export function jsonOf(message: StoredMessage): Readonly<Record<string, unknown>> {
  switch (message.kind) {
    case 'event':
      return {...message.event, sequence: message.sequence};
    case 'newer':
      return {...message.envelope, sequence: message.sequence, unread: 'newer-event'};
    case 'unreadable':
      return {...message, unread: message.reason};
  }
}

/** What ports and devices are called now. */
export async function namesOf(client: LeafClient): Promise<Names> {
  const {rows} = await client.query('port', 'list');
  const ports = readRows(PortRowText, rows);
  const titles = new Map(ports.map(({id, label, name}) => [id, label ?? name]));
  const devices = new Map(ports.flatMap(({device}) => (device ? [[device.id, device.name]] : [])));
  return {port: (id) => titles.get(id) ?? id, device: (id) => devices.get(id) ?? id};
}

function printMessage(invocation: Invocation, message: StoredMessage, names: Names): void {
  const {world, globals} = invocation;
  const columns = {...describeMessage(message, names), sequence: String(message.sequence)};
  const [row] = filterRows([columns], globals.filter, (fields) => fields);
  if (row === undefined) {
    return;
  }
  if (globals.json) {
    world.out(JSON.stringify(jsonOf(message)));
    return;
  }
  const {sequence, object, what, detail, who, by} = row;
  const line = [
    timeOf(message).padEnd(24),
    sequence.padStart(7),
    object.padEnd(16),
    what.padEnd(12),
    detail.padEnd(40),
    who.padEnd(8),
    by,
  ].join(' ');
  world.out(stripControls(line).trimEnd());
}

/** ISO time of a message; `-` where it has none that can be read. */
export function timeOf(message: StoredMessage): string {
  switch (message.kind) {
    case 'event':
      return message.event.time;
    case 'newer':
      return message.envelope.time;
    case 'unreadable':
      return '-';
  }
}
