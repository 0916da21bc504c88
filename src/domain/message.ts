import {z} from 'zod';

import {EVENT_SCHEMAS, isEventType, partsOfType} from './catalogue.ts';
import {type CimEvent, Envelope} from './envelope.ts';
import {idFromToken, tokenFromId} from './ids.ts';
import {newestForm, UPCASTERS, type Upcaster} from './upcast.ts';

/** One message of the stream, as far as this build can read it. Nothing is ever dropped. */
export type StoredMessage = {readonly sequence: number} & (
  | {readonly kind: 'event'; readonly event: CimEvent}
  | {
      readonly kind: 'newer';
      readonly aggregate: string;
      readonly id: string;
      readonly envelope: Envelope;
    }
  | {
      readonly kind: 'unreadable';
      readonly subject: string;
      readonly reason: string;
      readonly body: string;
    }
);

/** Subject of a stored event: `cim.L.events.<aggregate>.<id>.<event>`. */
export function eventSubject(leafId: string, type: string, id: string): string {
  const parts = partsOfType(type);
  if (parts === undefined) {
    throw new TypeError(`eventSubject: "${type}" is not cim.<aggregate>.<event>.v<n>`);
  }
  return `cim.${leafId}.events.${parts.aggregate}.${tokenFromId(id)}.${parts.event}`;
}

/** All events of a leaf, or of one aggregate of it. */
export const eventsFilter = (leafId: string, aggregate?: string, id?: string): string =>
  aggregate === undefined || id === undefined
    ? `cim.${leafId}.events.>`
    : `cim.${leafId}.events.${aggregate}.${tokenFromId(id)}.*`;

/** Which aggregate a message stands under, readable or not; undefined: it stands elsewhere. */
export function aggregateOf(
  subject: string,
): {readonly aggregate: string; readonly id: string} | undefined {
  const [, , kind, aggregate, token = '', name, ...more] = subject.split('.');
  const id = idFromToken(token);
  const isEvent = kind === 'events' && name !== undefined && more.length === 0;
  return isEvent && aggregate !== undefined && id !== undefined ? {aggregate, id} : undefined;
}

/** Reads one message of the stream; what is newer, unknown or broken comes back as such. */
export type ReadMessage = (sequence: number, subject: string, body: string) => StoredMessage;

/** Reads with these upcasters: an event of an old version comes back as its newest one has it. */
export const createMessageReader =
  (upcasters: readonly Upcaster[]): ReadMessage =>
  (sequence, subject, body) => {
    const unreadable = (reason: string): StoredMessage => ({
      kind: 'unreadable',
      sequence,
      subject,
      reason,
      body,
    });
    const json = parseJson(body);
    if (json === undefined) {
      return unreadable('not JSON');
    }
    const envelope = StoredEnvelope.safeParse(json);
    if (!envelope.success) {
      return unreadable(`not a CloudEvent of ours: ${firstIssue(envelope.error)}`);
    }
    const mismatch = subjectMismatch(subject, envelope.data);
    if (mismatch !== undefined) {
      return unreadable(mismatch);
    }
    const newest = isEventType(envelope.data.type)
      ? envelope.data
      : newestForm(envelope.data, upcasters);
    const read = newest === undefined ? 'not of this version' : readFact(sequence, newest);
    return typeof read === 'string' ? unreadable(`data of ${envelope.data.type}: ${read}`) : read;
  };

/** Reads with this build's own upcasters. */
export const readMessage = createMessageReader(UPCASTERS);

/** The data of a known type are read by its own schema: to copy them here, too, took 1.5 µs of 9. */
const StoredEnvelope = Envelope.extend({data: z.custom<Envelope['data']>(isRecord)});

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The event, or what is wrong with its data. */
function readFact(sequence: number, envelope: Envelope): StoredMessage | string {
  const {type} = envelope;
  if (!isEventType(type)) {
    const aggregate = partsOfType(type)?.aggregate ?? '';
    return {kind: 'newer', sequence, aggregate, id: envelope.subject, envelope};
  }
  const data = EVENT_SCHEMAS[type].safeParse(envelope.data);
  if (!data.success) {
    return firstIssue(data.error);
  }
  // The schema was picked by the type itself, so the pair is a Fact; the compiler cannot follow.
  const event = {...envelope, type, data: data.data} as unknown as CimEvent;
  return {kind: 'event', sequence, event};
}

function subjectMismatch(subject: string, envelope: Envelope): string | undefined {
  const [, , , aggregate, token, name] = subject.split('.');
  const parts = partsOfType(envelope.type);
  if (parts === undefined) {
    return `type "${envelope.type}" is not cim.<aggregate>.<event>.v<n>`;
  }
  const isSame =
    aggregate === parts.aggregate &&
    name === parts.event &&
    idFromToken(token ?? '') === envelope.subject;
  return isSame ? undefined : `subject does not fit type ${envelope.type} of ${envelope.subject}`;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // the caller keeps the message and says it is not JSON
  }
}

const firstIssue = (error: {
  issues: readonly {path: readonly PropertyKey[]; message: string}[];
}) => {
  const [issue] = error.issues;
  return issue === undefined ? 'unknown' : `${issue.path.map(String).join('.')}: ${issue.message}`;
};
