import {dataSchemaOf} from '../envelope.ts';
import {nearestName} from '../nearest.ts';
import type {MessageType} from './message-type.ts';
import {MESSAGE_TYPES} from './message-types.ts';

/** What a word means among names: one of them, or what to say when it is none or several. */
export type Found<Named> = {readonly found: Named} | {readonly unknown: string};

/**
 * The one that a word names: whole (`command.port.label`), as a URI (`urn:cim:schema:…`), or by its
 * end (`port.label`) where only one ends so.
 */
export function findNamed<Named extends {readonly name: string}>(
  word: string,
  list: readonly Named[],
): Found<Named> {
  const prefix = dataSchemaOf('');
  const wanted = word.startsWith(prefix) ? word.slice(prefix.length) : word;
  const exact = list.find(({name}) => name === wanted);
  // All answers have one shape: nobody means one of them by `port.label`.
  const ending = list.filter(
    ({name}) => name.endsWith(`.${wanted}`) && !name.startsWith('answer.'),
  );
  const [only, second] = exact === undefined ? ending : [exact];
  if (only !== undefined && second === undefined) {
    return {found: only};
  }
  if (only !== undefined) {
    const names = ending.map(({name}) => name).join(', ');
    return {unknown: `"${word}" may be ${names}: name one of them whole`};
  }
  return {unknown: `"${word}" is not known here${nearWords(wanted, list)}`};
}

/** `; the nearest is command.port.label`, or nothing; a name counts by its end, too. */
export function nearWords(word: string, list: readonly {readonly name: string}[]): string {
  const whole = new Map(
    list.toReversed().map(({name}) => [name.slice(name.indexOf('.') + 1), name] as const),
  );
  const names = list.map(({name}) => name);
  const near = nearestName(word, [...names, ...whole.keys()]);
  return near === undefined ? '' : `; the nearest is ${whole.get(near) ?? near}`;
}

/** The type of the messages on a subject, or undefined. */
export function typeOfSubject(subject: string): MessageType | undefined {
  const stored = storedSubject(subject);
  return MESSAGE_TYPES.find(({address}) => address !== null && patternOf(address).test(stored));
}

/** Where an event is stored that the server sends on under `cim.L.live.events`; others as they are. */
export const storedSubject = (subject: string): string =>
  subject.replace(/^(cim\.[^.]+)\.live\.events\./, '$1.events.');

const patternOf = (address: string): RegExp =>
  new RegExp(`^${address.replace(/[.$]/g, '\\$&').replace(/\{[a-zA-Z]+\}/g, '[^.]+')}$`);
