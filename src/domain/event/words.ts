import type {Fact} from '../catalogue.ts';
import {partsOfType} from '../catalogue.ts';
import {describeJob} from '../job/words.ts';
import type {StoredMessage} from '../message.ts';
import {describePortChange} from '../port/change-words.ts';

/** plug: something came, went or got a link · wish: a person or program asked · leaf: the recording. */
export type EventKind = 'plug' | 'wish' | 'leaf' | 'detail';

/** An event in people's words, one for each column of an event list. */
export interface EventWords {
  readonly kind: EventKind;
  readonly object: string;
  readonly what: string;
  readonly detail: string;
  readonly who: string;
  readonly by: string;
}

/** What ids are called now; an id without a name is shown as it is. */
export interface Names {
  port(id: string): string;
  device(id: string): string;
}

/** Names for where none are known. */
export const PLAIN_NAMES: Names = {port: (id) => id, device: (id) => id};

/** Words for a message of the stream, also for one this build cannot read. */
export function describeMessage(message: StoredMessage, names: Names = PLAIN_NAMES): EventWords {
  switch (message.kind) {
    case 'event': {
      const {event} = message;
      const {actor, channel} = event;
      const told = describeFact(event, names);
      const who = actor ?? (told.kind === 'plug' || told.kind === 'detail' ? 'kernel' : 'agent');
      return {...told, who, by: channel ?? 'system'};
    }
    case 'newer': {
      const what = partsOfType(message.envelope.type)?.event ?? message.envelope.type;
      const {actor = '-', channel = '-'} = message.envelope;
      const object = `${message.aggregate} ${message.id}`;
      const detail = 'written by a newer version';
      return {kind: 'detail', object, what, detail, who: actor, by: channel};
    }
    case 'unreadable': {
      const detail = message.reason;
      return {kind: 'detail', object: '?', what: 'unreadable', detail, who: '-', by: '-'};
    }
  }
}

type Told = Omit<EventWords, 'who' | 'by'>;

function describeFact(fact: Fact, names: Names): Told {
  switch (fact.type) {
    case 'cim.leaf.created.v1':
    case 'cim.leaf.labelled.v1':
    case 'cim.leaf.started.v1':
    case 'cim.leaf.stopped.v1':
    case 'cim.leaf.resynced.v1':
      return describeLeaf(fact);
    case 'cim.role.bound.v1':
    case 'cim.role.unbound.v1':
      return describeRole(fact, names);
    case 'cim.job.accepted.v1':
    case 'cim.job.interrupted.v1':
    case 'cim.job.resumed.v1':
    case 'cim.job.cancel-requested.v1':
    case 'cim.job.ended.v1':
      return {kind: 'wish', ...describeJob(fact)};
    case 'cim.device.added.v1':
    case 'cim.device.changed.v1':
    case 'cim.device.functions-changed.v1':
    case 'cim.device.moved.v1':
    case 'cim.device.removed.v1':
      return describeDevice(fact, names);
    default:
      return describePort(fact, names);
  }
}

function describeLeaf(fact: Extract<Fact, {type: `cim.leaf.${string}`}>): Told {
  const told = (what: string, detail: string): Told => ({
    kind: 'leaf',
    object: 'leaf',
    what,
    detail,
  });
  switch (fact.type) {
    case 'cim.leaf.created.v1':
      return told('created', fact.data.leafId);
    case 'cim.leaf.labelled.v1':
      return {...told('labelled', change(fact.data.before.label, fact.data.label)), kind: 'wish'};
    case 'cim.leaf.started.v1':
      return told('started', `version ${fact.data.version}`);
    case 'cim.leaf.stopped.v1':
      return told('stopped', `by ${fact.data.reason}`);
    case 'cim.leaf.resynced.v1': {
      const {drops, changes, cause} = fact.data;
      return told(
        'resynced',
        `${cause}: ${drops} uevents lost, ${count(changes.length, 'change')}`,
      );
    }
  }
}

function describeRole(fact: Extract<Fact, {type: `cim.role.${string}`}>, names: Names): Told {
  const object = `role ${fact.subject}`;
  const {before} = fact.data;
  const from = before === null ? '' : targetWords(before.target, names);
  if (fact.type === 'cim.role.unbound.v1') {
    return {kind: 'wish', object, what: 'unbound', detail: `from ${from}`};
  }
  const to = targetWords(fact.data.target, names);
  const detail = before === null ? `to ${to}` : `${from} → ${to}`;
  return {kind: 'wish', object, what: 'bound', detail};
}

type Target = Extract<Fact, {type: 'cim.role.bound.v1'}>['data']['target'];

const targetWords = (target: Target, names: Names): string =>
  target.kind === 'port' ? names.port(target.portId) : `unit ${names.device(target.deviceId)}`;

function describeDevice(fact: Extract<Fact, {type: `cim.device.${string}`}>, names: Names): Told {
  switch (fact.type) {
    case 'cim.device.added.v1': {
      const {portId, name, serial, origin} = fact.data;
      const detail = serial === null ? name : `${name} ${serial}`;
      const what = origin === 'plug' ? 'plugged' : 'found';
      return {kind: 'plug', object: names.port(portId), what, detail};
    }
    case 'cim.device.removed.v1': {
      const object = names.port(fact.data.portId);
      const detail = `${names.device(fact.subject)}${withBehind(fact.data.devices)}`;
      return {kind: 'plug', object, what: 'unplugged', detail};
    }
    case 'cim.device.moved.v1': {
      const {portId, before, followers} = fact.data;
      const from = `from ${names.port(before.portId)}`;
      const detail = `${names.device(fact.subject)} ${from}${withBehind(followers)}`;
      return {kind: 'plug', object: names.port(portId), what: 'moved', detail};
    }
    case 'cim.device.functions-changed.v1': {
      const detail = `${fact.data.before.functions.length} → ${count(fact.data.functions.length, 'function')}`;
      return {kind: 'detail', object: names.device(fact.subject), what: 'functions', detail};
    }
    case 'cim.device.changed.v1': {
      const {before, ...after} = fact.data;
      const object = names.device(fact.subject);
      return {kind: 'detail', object, what: 'changed', detail: changes(before, after)};
    }
  }
}

const withBehind = (units: readonly unknown[] = []): string =>
  units.length === 0 ? '' : `, with ${count(units.length, 'device')} behind it`;

function describePort(fact: Extract<Fact, {type: `cim.port.${string}`}>, names: Names): Told {
  const object = names.port(fact.subject);
  switch (fact.type) {
    case 'cim.port.added.v1':
      return {
        kind: 'detail',
        object,
        what: 'added',
        detail: `${fact.data.kind} ${fact.data.class}`,
      };
    case 'cim.port.labelled.v1': {
      const detail = change(fact.data.before.label, fact.data.label);
      return {kind: 'wish', object, what: 'labelled', detail};
    }
    case 'cim.port.changed.v1': {
      const {before, ...after} = fact.data;
      return {kind: 'plug', object, what: whatChanged(after), detail: changes(before, after)};
    }
    case 'cim.port.summed-up.v1': {
      const {before, changes: times, from: _from, ...after} = fact.data;
      const detail = `${times} times; now ${changes(before, after)}`;
      return {kind: 'plug', object, what: 'flapped', detail};
    }
    case 'cim.port.quarantined.v1': {
      const {minutes, changes: times} = fact.data;
      const detail = `flapped for ${count(minutes, 'minute')}, ${times} times in the last`;
      return {kind: 'plug', object, what: 'quarantined', detail};
    }
    case 'cim.port.unquarantined.v1':
      return {kind: 'wish', object, what: 'unquarantined', detail: `now ${fact.data.state}`};
    case 'cim.port.forgotten.v1': {
      const {label, name} = fact.data.before;
      return {kind: 'wish', object: label ?? name, what: 'forgotten', detail: fact.subject};
    }
    case 'cim.port.change-requested.v1':
    case 'cim.port.change-applied.v1':
    case 'cim.port.change-failed.v1':
    case 'cim.port.change-confirmed.v1':
    case 'cim.port.change-reverted.v1':
      return {kind: 'wish', object, ...describePortChange(fact)};
    case 'cim.port.remembered.v1': {
      const {label, name} = fact.data;
      return {kind: 'wish', object: label ?? name, what: 'remembered', detail: fact.subject};
    }
  }
}

const whatChanged = (after: {link?: unknown; state?: unknown}): string =>
  after.link !== undefined ? `link ${after.link}` : `${after.state ?? 'changed'}`;

const change = (before: string | null, after: string | null): string =>
  `"${before ?? ''}" → "${after ?? ''}"`;

const changes = (
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string =>
  Object.entries(after)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => `${field} ${plain(before[field])} → ${plain(value)}`)
    .join(', ');

const plain = (value: unknown): string =>
  value === null || value === undefined ? '-' : String(value);

const count = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`;
