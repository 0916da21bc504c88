import {isEventType} from '../catalogue.ts';
import {Answer} from '../command.ts';
import {Envelope} from '../envelope.ts';
import {eventSubject} from '../message.ts';
import {findNamed, nearWords, storedSubject, typeOfSubject} from './find-type.ts';
import {nodeOf} from './json-schema.ts';
import type {MessageType} from './message-type.ts';
import {MESSAGE_TYPES} from './message-types.ts';
import {type Mistake, mistakesOf, notesOn} from './mistakes.ts';

/** What is found of one message. */
export interface Verdict {
  /** Name of what it is, or is meant to be; null: it cannot be told. */
  readonly type: string | null;
  /** None: it is fine. */
  readonly mistakes: readonly Mistake[];
  /** What does no harm, but may not be meant so. */
  readonly notes: readonly Mistake[];
}

/** What a message can be told to be. */
export type Kind = Pick<MessageType, 'name' | 'body' | 'kind'>;

/** Answers that come alone: of which command is not told. */
const ANSWER: Kind = {name: 'answer', kind: 'answer', body: Answer};

/** Everything that `--as` may name. */
export const KINDS: readonly Kind[] = [ANSWER, ...MESSAGE_TYPES];

/** The kind that a word names, by its end too, or what to say. */
export const findKind = (word: string) => findNamed(word, KINDS);

/**
 * Checks one message: of a kind that is told, with its subject as `{"subject", "body"}`, or one that
 * tells itself: an event, an answer.
 */
export function checkMessage(value: unknown, kind?: Kind): Verdict {
  const {subject, body, type, specversion, ok} = nodeOf(value);
  if (kind !== undefined) {
    return verdictOn(kind, value);
  }
  if (typeof subject === 'string' && body !== undefined) {
    return withSubject(subject, body);
  }
  if (specversion !== undefined || typeof type === 'string') {
    return checkEvent(value, type);
  }
  return ok !== undefined ? verdictOn(ANSWER, value) : wrong('', WHAT_IS_IT);
}

const WHAT_IS_IT =
  'what this is cannot be told: name it with --as TYPE, or give its subject with it: {"subject": "cim.…", "body": …}';

function verdictOn({name, body, kind}: Kind, value: unknown): Verdict {
  const mistakes = mistakesOf(body, value);
  const notes = kind === 'command' ? notesOn(body, value) : [];
  return {type: name, mistakes, notes};
}

const wrong = (path: string, message: string, type: string | null = null): Verdict => ({
  type,
  mistakes: [{path, message}],
  notes: [],
});

function checkEvent(value: unknown, type: unknown): Verdict {
  const known = MESSAGE_TYPES.find(({kind, name}) => kind === 'event' && name === type);
  if (known !== undefined) {
    return verdictOn(known, value);
  }
  const events = MESSAGE_TYPES.filter(({kind}) => kind === 'event');
  const mistakes = mistakesOf(Envelope, value);
  const unknown = {
    path: 'type',
    message: `${JSON.stringify(type)} is not known here${nearWords(String(type), events)}`,
  };
  return {
    type: null,
    mistakes: typeof type === 'string' ? [unknown, ...mistakes] : mistakes,
    notes: [],
  };
}

function withSubject(subject: string, body: unknown): Verdict {
  const kind = typeOfSubject(subject);
  if (kind === undefined) {
    return wrong('subject', `no message of this version goes to ${JSON.stringify(subject)}`);
  }
  const {type, mistakes, notes} = verdictOn(kind, body);
  const place = kind.kind === 'event' ? placeMistakes(subject, body) : [];
  return {type, mistakes: [...place, ...mistakes.map(inBody)], notes: notes.map(inBody)};
}

const inBody = ({path, message}: Mistake): Mistake => ({
  path: path === '' ? 'body' : `body.${path}`,
  message,
});

/** An event is stored under its own type and aggregate. */
function placeMistakes(subject: string, body: unknown): readonly Mistake[] {
  const {type, subject: id} = nodeOf(body);
  if (typeof type !== 'string' || typeof id !== 'string' || !isEventType(type)) {
    return [];
  }
  const [, leafId = ''] = subject.split('.');
  const wanted = eventSubject(leafId, type, id);
  return storedSubject(subject) === wanted
    ? []
    : [{path: 'subject', message: `must be ${wanted}, as type and subject of the event say`}];
}
