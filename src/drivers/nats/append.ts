import {headers, type MsgHdrs, nuid} from '@nats-io/transport-node';
import {z} from 'zod';

import type {AppendResult} from '#contracts/event-store.ts';
import {CimError, isCimError} from '#domain/errors.ts';
import {natsError} from './errors.ts';
import {readToEnd} from './event-reader.ts';
import {
  ApiError,
  apiFailure,
  JETSTREAM_ERRORS,
  jetStreamCode,
  streamInfo,
} from './jetstream-api.ts';
import type {NatsLink} from './link.ts';

/** One event ready to be sent. */
export interface Outgoing {
  readonly subject: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Publication {
  readonly stream: string;
  readonly messages: readonly Outgoing[];
  readonly expectedSequence: number;
  readonly signal: AbortSignal;
}

const Acknowledgement = z.object({
  stream: z.string().optional(),
  seq: z.number().optional(),
  error: ApiError.optional(),
});

const ANSWER_LIMIT_MS = 5000;
const decoder = new TextDecoder();

/**
 * Sends all messages or none behind the fence, until it is known how it ended. What was never
 * heard is looked up; what is not stored is sent again: the fence lets it in at most once.
 */
export async function publishBehindFence(
  link: NatsLink,
  publication: Publication,
): Promise<AppendResult> {
  const {messages, expectedSequence, signal, stream} = publication;
  while (!signal.aborted) {
    try {
      await link.untilLive(signal);
      const last = await send(link, publication);
      if (last === expectedSequence + messages.length) {
        return {kind: 'appended', first: expectedSequence + 1, last};
      }
    } catch (error) {
      const result = resultOf(error);
      if (result !== undefined) {
        return result;
      }
    }
    const found = await lookUp(link, publication);
    if (found !== undefined) {
      return found;
    }
  }
  throw new CimError('time-is-up', `append to ${stream} behind ${expectedSequence}`, {
    cause: signal.reason,
  });
}

/** store-full ends it; a failure that cannot pass is thrown; undefined: has to be looked up. */
function resultOf(error: unknown): AppendResult | undefined {
  const code = jetStreamCode(error);
  if (code === undefined) {
    if (isCimError(error, 'nats-refused')) {
      throw error;
    }
    return undefined;
  }
  if (isFull(error, code)) {
    return {kind: 'store-full'};
  }
  const isConflict =
    code === JETSTREAM_ERRORS.wrongLastSequence ||
    code === JETSTREAM_ERRORS.wrongLastSequenceUnknown ||
    code === JETSTREAM_ERRORS.batchDuplicateId;
  if (!isConflict) {
    throw error;
  }
  return undefined;
}

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
    if (isCimError(error, 'store-failed') || isCimError(error, 'nats-refused')) {
      throw error;
    }
    return undefined; // not heard either: asked again while the signal lets us
  }
}

async function readIds(
  link: NatsLink,
  {last, ...options}: {stream: string; from: number; last: number; signal: AbortSignal},
): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const portion of readToEnd(link, options)) {
    ids.push(...portion.map(({messageId}) => messageId));
    if (ids.length > last - options.from) {
      break;
    }
  }
  return ids;
}

/** Sends once and gives the last sequence that was acknowledged. */
async function send(link: NatsLink, publication: Publication): Promise<number> {
  const {messages, expectedSequence, stream, signal} = publication;
  const [first, ...rest] = messages;
  if (first === undefined) {
    throw new TypeError('append of no event');
  }
  const fence = {
    'Nats-Expected-Stream': stream,
    'Nats-Expected-Last-Sequence': String(expectedSequence),
  };
  if (rest.length === 0) {
    return acknowledged(stream, await ask(link, first, fence, signal));
  }
  // The client's own batch drops the fence and hides the conflict (3.4.0): raw headers do not.
  const id = nuid.next();
  const batch = (index: number) => ({
    'Nats-Batch-Id': id,
    'Nats-Batch-Sequence': String(index + 1),
  });
  const opened = ask(link, first, {...fence, ...batch(0)}, signal);
  for (const [index, message] of messages.slice(1, -1).entries()) {
    link.connection.publish(message.subject, message.body, {
      headers: headersOf(message, batch(index + 1)),
    });
  }
  const end = messages.length - 1;
  const commit = {...batch(end), 'Nats-Batch-Commit': '1'};
  const committed = ask(link, messages[end] ?? first, commit, signal);
  const [, answer] = await Promise.all([opened.then((text) => refused(stream, text)), committed]);
  return acknowledged(stream, answer);
}

async function ask(
  link: NatsLink,
  message: Outgoing,
  extra: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  try {
    const {body} = await link.request(message.subject, message.body, {
      headers: headersOf(message, extra),
      timeoutMs: ANSWER_LIMIT_MS,
      signal,
    });
    return decoder.decode(body);
  } catch (error) {
    throw natsError(error, `append ${message.subject}`);
  }
}

/** An opened batch is answered by nothing, a refused one by its error. */
function refused(stream: string, text: string): void {
  if (text !== '') {
    acknowledged(stream, text);
  }
}

function acknowledged(stream: string, text: string): number {
  const answer = Acknowledgement.parse(JSON.parse(text));
  if (answer.error !== undefined) {
    throw apiFailure(`append to ${stream}`, answer.error);
  }
  if (answer.seq === undefined) {
    throw new CimError('store-failed', `append to ${stream}: no sequence in ${text}`);
  }
  return answer.seq;
}

function headersOf(message: Outgoing, extra: Readonly<Record<string, string>>): MsgHdrs {
  const made = headers();
  for (const [key, value] of Object.entries({...message.headers, ...extra})) {
    made.set(key, value);
  }
  return made;
}
