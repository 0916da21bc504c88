import {nuid} from '@nats-io/transport-node';

import type {AppendResult} from '#contracts/event-store.ts';
import {CimError, isCimError} from '#domain/errors.ts';
import {readDirect} from './direct-read.ts';
import {JETSTREAM_ERRORS, jetStreamCode, streamInfo} from './jetstream-api.ts';
import type {NatsLink} from './link.ts';
import {pauseQuietly} from './pause.ts';
import {
  askStream,
  headersOf,
  publishToStream,
  readAcknowledgement,
  type StreamMessage,
} from './publish.ts';
import {readToEnd} from './read-to-end.ts';

/** One event ready to be sent. */
export interface Outgoing extends StreamMessage {
  readonly messageId: string;
}

export interface Publication {
  readonly stream: string;
  readonly messages: readonly Outgoing[];
  readonly expectedSequence: number;
  readonly signal: AbortSignal;
}

/** Wait before what was not heard is looked up again. */
const RETRY_MS = 100;

/**
 * Sends all messages or none behind the fence, until it is known how it ended. What was never
 * heard is looked up; what is not stored is sent again: the fence lets it in at most once.
 * @throws CimError `store-failed`, `nats-refused`, `nats-failed` (closed), `time-is-up` (aborted)
 */
export async function publishBehindFence(
  link: NatsLink,
  publication: Publication,
): Promise<AppendResult> {
  const {messages, expectedSequence, signal, stream} = publication;
  while (!signal.aborted) {
    const conflict = await attempt(link, publication);
    if (conflict !== undefined && 'kind' in conflict) {
      return conflict;
    }
    const found = await lookUp(link, publication);
    if (found !== undefined) {
      return found;
    }
    if (conflict !== undefined) {
      throw conflict;
    }
    await pauseQuietly(RETRY_MS, signal);
  }
  throw new CimError('time-is-up', `append ${messages.length} to ${stream}: not heard in time`, {
    cause: signal.reason,
    context: {expectedSequence},
  });
}

/** How it ended; or the conflict that the server saw; or undefined: nothing was heard. */
async function attempt(
  link: NatsLink,
  publication: Publication,
): Promise<AppendResult | CimError | undefined> {
  const {messages, expectedSequence, signal} = publication;
  const wanted = expectedSequence + messages.length;
  try {
    await link.untilLive(signal);
    const last = await send(link, publication);
    return last === wanted
      ? {kind: 'appended', first: expectedSequence + 1, last}
      : new CimError('store-failed', `append: an id of these was stored before, at ${last}`);
  } catch (error) {
    return readFailure(link, error);
  }
}

function readFailure(link: NatsLink, error: unknown): AppendResult | CimError | undefined {
  if (isPassing(error) && !link.connection.isClosed()) {
    return undefined;
  }
  const code = jetStreamCode(error);
  if (code === undefined || !isCimError(error)) {
    throw error;
  }
  if (isFull(error, code)) {
    return {kind: 'store-full'};
  }
  if (!CONFLICTS.includes(code)) {
    throw error;
  }
  return error;
}

const CONFLICTS: readonly number[] = [
  JETSTREAM_ERRORS.wrongLastSequence,
  JETSTREAM_ERRORS.wrongLastSequenceUnknown,
  JETSTREAM_ERRORS.batchDuplicateId,
];

/** What may be over when asked again: no answer, a lost line, a server that starts. */
const isPassing = (error: unknown): boolean =>
  isCimError(error, 'time-is-up') ||
  isCimError(error, 'nats-failed') ||
  isCimError(error, 'no-agent');

const isFull = (error: unknown, code: number): boolean =>
  code === JETSTREAM_ERRORS.storageExceeded ||
  (code === JETSTREAM_ERRORS.storeFailed &&
    error instanceof Error &&
    /maximum (bytes|messages)/.test(error.message));

/** Whether our messages stand behind the fence. undefined: nothing stands there yet. */
async function lookUp(
  link: NatsLink,
  {stream, messages, expectedSequence, signal}: Publication,
): Promise<AppendResult | undefined> {
  try {
    await link.untilLive(signal);
    const {last_seq: actual} = (await streamInfo(link, stream, signal)).state;
    if (actual === expectedSequence) {
      return undefined;
    }
    const last = expectedSequence + messages.length;
    const ids =
      actual < last ? [] : await readIds(link, {stream, from: expectedSequence + 1, last, signal});
    const isOurs = messages.every(({messageId}, index) => ids[index] === messageId);
    return isOurs
      ? {kind: 'appended', first: expectedSequence + 1, last}
      : {kind: 'fence-lost', actual};
  } catch (error) {
    if (isPassing(error) && !link.connection.isClosed()) {
      return undefined; // not heard either: asked again while the signal lets us
    }
    throw error;
  }
}

async function readIds(
  link: NatsLink,
  {last, ...options}: {stream: string; from: number; last: number; signal: AbortSignal},
): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const portion of readToEnd(link, readDirect, options)) {
    ids.push(...portion.map(({messageId}) => messageId));
    if (ids.length > last - options.from) {
      break;
    }
  }
  return ids;
}

/** Sends once and gives the last sequence that was acknowledged. */
function send(link: NatsLink, publication: Publication): Promise<number> {
  const {messages, expectedSequence, stream, signal} = publication;
  const [first] = messages;
  if (first === undefined) {
    throw new TypeError('append of no event');
  }
  const fence = {
    'Nats-Expected-Stream': stream,
    'Nats-Expected-Last-Sequence': String(expectedSequence),
  };
  const fenced = [withHeaders(first, fence), ...messages.slice(1)];
  return messages.length === 1
    ? publishToStream(link, withHeaders(first, fence), signal)
    : sendBatch(link, fenced, signal);
}

/** The client's own batch drops the fence and hides the conflict (3.4.0): raw headers do not. */
async function sendBatch(
  link: NatsLink,
  messages: readonly StreamMessage[],
  signal: AbortSignal,
): Promise<number> {
  const id = nuid.next();
  const last = messages.length - 1;
  const answers = messages.flatMap((plain, index) => {
    const message = withHeaders(plain, {
      'Nats-Batch-Id': id,
      'Nats-Batch-Sequence': String(index + 1),
      ...(index === last ? {'Nats-Batch-Commit': '1'} : {}),
    });
    if (index === 0 || index === last) {
      const answer = askStream(link, message, signal);
      answer.catch(() => undefined); // heard below, unless sending the rest throws first
      return [answer];
    }
    link.connection.publish(message.subject, message.body, {headers: headersOf(message.headers)});
    return [];
  });
  const subject = messages[0]?.subject ?? '';
  const texts = await Promise.all(answers);
  // A batch that was let in is answered by nothing, a refused one by its error.
  const said = texts.find((text) => text !== '') ?? '';
  return readAcknowledgement(subject, said);
}

const withHeaders = (
  message: StreamMessage,
  extra: Readonly<Record<string, string>>,
): StreamMessage => ({...message, headers: {...message.headers, ...extra}});
