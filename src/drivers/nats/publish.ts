import {type MsgHdrs, headers as newHeaders} from '@nats-io/transport-node';
import {z} from 'zod';

import {CimError} from '#domain/errors.ts';
import {natsError} from './errors.ts';
import {ApiError, apiFailure} from './jetstream-api.ts';
import type {NatsLink} from './link.ts';

/** A message on its way into a stream. */
export interface StreamMessage {
  readonly subject: string;
  readonly body: Uint8Array | string;
  readonly headers: Readonly<Record<string, string>>;
}

const Acknowledgement = z.object({seq: z.number().optional(), error: ApiError.optional()});

const ANSWER_LIMIT_MS = 5000;
const decoder = new TextDecoder();

/**
 * Stores one message and gives its sequence. @throws CimError `store-failed` with JetStream's code
 * in its context, `nats-refused`, `time-is-up`, `nats-failed`
 */
export async function publishToStream(
  link: NatsLink,
  message: StreamMessage,
  signal?: AbortSignal,
): Promise<number> {
  return readAcknowledgement(message.subject, await askStream(link, message, signal));
}

/** Sends one message and gives what the server answers, as text. */
export async function askStream(
  link: NatsLink,
  message: StreamMessage,
  signal?: AbortSignal,
): Promise<string> {
  const headers = headersOf(message.headers);
  try {
    const {body} = await link.request(message.subject, message.body, {
      headers,
      timeoutMs: ANSWER_LIMIT_MS,
      signal,
    });
    return decoder.decode(body);
  } catch (error) {
    throw natsError(error, `store ${message.subject}`);
  }
}

/** The sequence in the server's answer. @throws CimError `store-failed` */
export function readAcknowledgement(subject: string, text: string): number {
  const {seq, error} = Acknowledgement.parse(JSON.parse(text));
  if (error !== undefined) {
    throw apiFailure(`store ${subject}`, error);
  }
  if (seq === undefined) {
    throw new CimError('store-failed', `store ${subject}: no sequence in ${text}`);
  }
  return seq;
}

/** Headers as the client wants them. */
export function headersOf(record: Readonly<Record<string, string>>): MsgHdrs {
  const made = newHeaders();
  for (const [key, value] of Object.entries(record)) {
    made.set(key, value);
  }
  return made;
}
