import {EVENT_SCHEMAS, isEventType, partsOfType} from './catalogue.ts';
import {type CimEvent, Envelope} from './envelope.ts';
import {idFromToken, tokenFromId} from './ids.ts';

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

/** Where one message of the stream is asked for, `{seq}`: JetStream's direct get. */
export const directGetSubject = (leafId: string): string =>
  `$JS.API.DIRECT.GET.CIM_EVENTS_${leafId}`;

/** Reads one message of the stream; what is newer, unknown or broken comes back as such. */
export function readMessage(sequence: number, subject: string, body: string): StoredMessage {
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
  const envelope = Envelope.safeParse(json);
  if (!envelope.success) {
    return unreadable(`not a CloudEvent of ours: ${firstIssue(envelope.error)}`);
  }
  const mismatch = subjectMismatch(subject, envelope.data);
  if (mismatch !== undefined) {
    return unreadable(mismatch);
  }
  return readFact(sequence, subject, body, envelope.data);
}

function readFact(
  sequence: number,
  subject: string,
  body: string,
  envelope: Envelope,
): StoredMessage {
  const {type} = envelope;
  if (!isEventType(type)) {
    const aggregate = partsOfType(type)?.aggregate ?? '';
    return {kind: 'newer', sequence, aggregate, id: envelope.subject, envelope};
  }
  const data = EVENT_SCHEMAS[type].safeParse(envelope.data);
  if (!data.success) {
    const reason = `data of ${type}: ${firstIssue(data.error)}`;
    return {kind: 'unreadable', sequence, subject, reason, body};
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
