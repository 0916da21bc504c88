import type {Fact} from '#domain/catalogue.ts';
import {isUndoable, UNDO, type UndoableType} from '#domain/event/undo.ts';
import {describeMessage, type Names} from '#domain/event/words.ts';
import type {StoredMessage} from '#domain/message.ts';
import {settingsWords} from '#domain/port/settings.ts';
import type {RoleTarget} from '#domain/role/events.ts';

import type {ReadState} from './read-store.ts';

/** Whether an event can be undone now, and what that would do or why not, in words. */
export interface UndoWords {
  readonly isPossible: boolean;
  readonly text: string;
}

/** What is known of the leaf: its state, and the events after the one in question. */
export type KnownLeaf = Pick<ReadState, 'inventory' | 'history'>;

const possible = (text: string): UndoWords => ({isPossible: true, text});
const impossible = (text: string): UndoWords => ({isPossible: false, text});

/** What U would do to an event. The agent decides; this only tells beforehand. */
export function undoWords(message: StoredMessage, known: KnownLeaf, names: Names): UndoWords {
  if (message.kind !== 'event') {
    return impossible('this version cannot read it');
  }
  const {sequence, event} = message;
  if (!isUndoable(event)) {
    return impossible(UNDO[event.type].none);
  }
  const setBy = setSequence(event, sequence, known);
  if (setBy !== sequence) {
    return impossible(`${newerText(setBy, known, names)} has changed the same since`);
  }
  const holder = roleOf(event, known);
  return holder === undefined
    ? possible(effectOf(event, names))
    : impossible(`role ${holder} follows it by now`);
}

/** The newest wish of this person, made in a console, that can be undone now. */
export function lastUndoable(
  actor: string,
  known: KnownLeaf,
  names: Names,
): StoredMessage | undefined {
  return known.history.findLast(
    (message) =>
      message.kind === 'event' &&
      message.event.actor === actor &&
      message.event.channel === 'console' &&
      undoWords(message, known, names).isPossible,
  );
}

/** Sequence of the event that set what this one did: its own where nothing newer has. */
function setSequence(
  fact: Fact<UndoableType>,
  sequence: number,
  known: KnownLeaf,
): number | undefined {
  const {ports, roles, leaf} = known.inventory;
  const port = ports[fact.subject];
  const role = roles[fact.subject];
  switch (fact.type) {
    case 'cim.leaf.labelled.v1':
      return leaf.fields.label;
    case 'cim.port.labelled.v1':
      return port === undefined ? newestAfter(sequence, 'port', fact, known) : port.fields.label;
    case 'cim.port.change-requested.v1':
      return port === undefined
        ? newestAfter(sequence, 'port', fact, known)
        : (port.fields.wanted ?? port.sequence);
    case 'cim.port.remembered.v1':
      return port === undefined ? newestAfter(sequence, 'port', fact, known) : port.sequence;
    case 'cim.role.bound.v1':
      return role === undefined ? newestAfter(sequence, 'role', fact, known) : role.sequence;
    case 'cim.port.forgotten.v1':
      return port?.fields.position ?? newestAfter(sequence, 'port', fact, known) ?? sequence;
    case 'cim.role.unbound.v1':
      return role?.sequence ?? newestAfter(sequence, 'role', fact, known) ?? sequence;
  }
}

/** What is gone from the lists has left its last event in the history. */
const newestAfter = (
  sequence: number,
  aggregate: string,
  {subject}: Fact<UndoableType>,
  {history}: KnownLeaf,
): number | undefined =>
  history.findLast(
    (message) =>
      message.sequence > sequence &&
      message.kind === 'event' &&
      message.event.subject === subject &&
      message.event.type.startsWith(`cim.${aggregate}.`),
  )?.sequence;

function newerText(newer: number | undefined, {history}: KnownLeaf, names: Names): string {
  const message = history.find(({sequence}) => sequence === newer);
  if (message === undefined) {
    return newer === undefined ? 'something newer' : `event ${newer}`;
  }
  const {who, what, detail} = describeMessage(message, names);
  return `event ${newer} of ${who} (${what} ${detail})`;
}

/** The role that keeps a port in the list. */
const roleOf = (fact: Fact<UndoableType>, {inventory}: KnownLeaf): string | undefined =>
  fact.type !== 'cim.port.remembered.v1'
    ? undefined
    : Object.values(inventory.roles).find(
        ({target}) => target.kind === 'port' && target.portId === fact.subject,
      )?.id;

function effectOf(fact: Fact<UndoableType>, names: Names): string {
  switch (fact.type) {
    case 'cim.port.labelled.v1':
      return `${names.port(fact.subject)} ${backTo(fact.data.before.label)}`;
    case 'cim.leaf.labelled.v1':
      return `the leaf ${backTo(fact.data.before.label)}`;
    case 'cim.port.forgotten.v1': {
      const {label, name} = fact.data.before;
      return `${label ?? name} comes back into the list`;
    }
    case 'cim.port.change-requested.v1':
      return `${names.port(fact.subject)}: ${settingsWords(fact.data.before)}`;
    case 'cim.port.remembered.v1':
      return `${names.port(fact.subject)} leaves the list again`;
    case 'cim.role.bound.v1': {
      const {before} = fact.data;
      return before === null
        ? `role ${fact.subject} follows nothing`
        : `role ${fact.subject} goes back to ${targetWords(before.target, names)}`;
    }
    case 'cim.role.unbound.v1':
      return `role ${fact.subject} follows ${targetWords(fact.data.before.target, names)} again`;
  }
}

const backTo = (label: string | null): string =>
  label === null ? 'loses its label' : `goes back to "${label}"`;

const targetWords = (target: RoleTarget, names: Names): string =>
  target.kind === 'port' ? names.port(target.portId) : `unit ${names.device(target.deviceId)}`;
