import type {MsgHdrs} from '@nats-io/transport-node';
import {z} from 'zod';

import {CimError} from '#domain/errors.ts';
import {natsError} from './errors.ts';
import type {NatsLink} from './link.ts';

/** Codes of JetStream's own errors that we tell apart. */
export const JETSTREAM_ERRORS = {
  batchDuplicateId: 10201,
  consumerNotFound: 10014,
  storageExceeded: 10047,
  streamNotFound: 10059,
  storeFailed: 10077,
  wrongLastSequence: 10071,
  wrongLastSequenceUnknown: 10164,
} as const;

export const ApiError = z.object({
  code: z.number(),
  err_code: z.number().optional(),
  description: z.string().optional(),
});
export type ApiError = z.infer<typeof ApiError>;

/** Settings of a stream that we set or check. Unknown ones are left alone. */
export const StreamConfig = z.looseObject({
  name: z.string(),
  subjects: z.array(z.string()).optional(),
  metadata: z.record(z.string(), z.string()).optional(),
});
export type StreamConfig = z.infer<typeof StreamConfig>;

export const StreamInfo = z.object({
  config: StreamConfig,
  state: z.object({
    messages: z.number(),
    bytes: z.number(),
    first_seq: z.number(),
    last_seq: z.number(),
  }),
});
export type StreamInfo = z.infer<typeof StreamInfo>;

export const ConsumerInfo = z.object({name: z.string(), num_pending: z.number()});
export type ConsumerInfo = z.infer<typeof ConsumerInfo>;

const Failure = z.object({error: ApiError});

const API_LIMIT_MS = 5000;
const decoder = new TextDecoder();

/** Tells of the error code that JetStream gave, when it gave one. */
export const jetStreamCode = (error: unknown): number | undefined => {
  const code = error instanceof CimError ? error.context.jetStream : undefined;
  return typeof code === 'number' ? code : undefined;
};

/**
 * One request to JetStream's API. @throws CimError `store-failed` with the code in its context,
 * `nats-refused`, `time-is-up`, `nats-failed`
 */
export async function callJetStream<S extends z.ZodType>(
  link: NatsLink,
  call: {readonly subject: string; readonly body?: unknown; readonly answer: S},
  signal: AbortSignal,
): Promise<z.infer<S>> {
  const {subject, body, answer: schema} = call;
  const doing = `JetStream ${subject}`;
  try {
    const text = body === undefined ? '' : JSON.stringify(body);
    const options = {timeoutMs: API_LIMIT_MS, signal};
    const answer = await link.request(`$JS.API.${subject}`, text, options);
    const json: unknown = JSON.parse(decoder.decode(answer.body));
    const failure = Failure.safeParse(json);
    if (failure.success) {
      throw apiFailure(doing, failure.data.error);
    }
    return schema.parse(json);
  } catch (error) {
    throw natsError(error, doing);
  }
}

/** A JetStream error as a CimError. */
export const apiFailure = (doing: string, error: ApiError): CimError =>
  new CimError('store-failed', `${doing}: ${error.description ?? `error ${error.code}`}`, {
    context: {jetStream: error.err_code ?? error.code},
  });

/** Settings and state of a stream. */
export const streamInfo = (link: NatsLink, stream: string, signal: AbortSignal) =>
  callJetStream(link, {subject: `STREAM.INFO.${stream}`, answer: StreamInfo}, signal);

/** One message read directly, without a consumer. */
export interface DirectMessage {
  readonly sequence: number;
  readonly subject: string;
  readonly headers: MsgHdrs;
  readonly body: Uint8Array;
}

/** By sequence, or the last one of a subject. */
export type DirectGet =
  | {readonly stream: string; readonly sequence: number}
  | {readonly stream: string; readonly last: string};

/** Reads one message; undefined when there is none. @throws CimError as `callJetStream` */
export async function directGet(
  link: NatsLink,
  wanted: DirectGet,
  signal: AbortSignal,
): Promise<DirectMessage | undefined> {
  const subject = `$JS.API.DIRECT.GET.${wanted.stream}`;
  const body = JSON.stringify(
    'last' in wanted ? {last_by_subj: wanted.last} : {seq: wanted.sequence},
  );
  try {
    const answer = await link.request(subject, body, {timeoutMs: API_LIMIT_MS, signal});
    const {headers} = answer;
    if (headers === undefined || headers.code === 404) {
      return undefined;
    }
    if (headers.code !== 0) {
      throw apiFailure(subject, {code: headers.code, description: headers.description});
    }
    return {
      sequence: Number(headers.get('Nats-Sequence')),
      subject: headers.get('Nats-Subject'),
      headers,
      body: answer.body,
    };
  } catch (error) {
    throw natsError(error, subject);
  }
}
