import type {EventReader, ReadOptions} from '#contracts/event-store.ts';
import {CimError, isCimError} from '#domain/errors.ts';
import {eventsFilter, readMessage, type StoredMessage} from '#domain/message.ts';
import {eventStreamName} from './event-stream.ts';
import {streamInfo} from './jetstream-api.ts';
import type {NatsLink} from './link.ts';
import {type OrderedReadOptions, type RawMessage, readInOrder} from './ordered-read.ts';
import {pauseQuietly} from './pause.ts';

export interface EventReaderOptions {
  readonly link: NatsLink;
  readonly leafId: string;
}

const RETRY_MS = 250;
const decoder = new TextDecoder();

/** Reads a leaf's events with nothing but the rights of a console. */
export function createJetStreamEventReader({link, leafId}: EventReaderOptions): EventReader {
  const stream = eventStreamName(leafId);
  return {
    readAll: ({from, signal}) => decoded(readToEnd(link, {stream, from, signal})),
    readAggregate: (aggregate, id, signal) =>
      decoded(
        readToEnd(link, {stream, filter: eventsFilter(leafId, aggregate, id), from: 1, signal}),
      ),
    follow: (options) => follow(link, stream, options),
    async lastSequence(signal) {
      return (await streamInfo(link, stream, signal)).state.last_seq;
    },
  };
}

/**
 * Portions of what stands in the stream from a sequence to its present end. A lost line is
 * waited for. @throws CimError `time-is-up` when aborted before the end
 */
export async function* readToEnd(
  link: NatsLink,
  options: OrderedReadOptions,
): AsyncGenerator<readonly RawMessage[]> {
  const {stream, signal} = options;
  const end = (await streamInfo(link, stream, signal)).state.last_seq;
  let from = options.from;
  while (from <= end) {
    for await (const portion of patiently(link, {...options, from})) {
      const last = portion.at(-1);
      yield portion.filter(({sequence}) => sequence <= end);
      if (last === undefined || last.pending === 0 || last.sequence >= end) {
        return;
      }
      from = last.sequence + 1;
    }
    throwIfAborted(signal, `read ${stream} from ${from} to ${end}`);
  }
}

async function* follow(
  link: NatsLink,
  stream: string,
  {from, signal}: ReadOptions,
): AsyncGenerator<StoredMessage> {
  let next = from;
  while (!signal.aborted) {
    for await (const portion of patiently(link, {stream, from: next, signal})) {
      for (const message of portion) {
        if (signal.aborted) {
          return;
        }
        next = message.sequence + 1;
        yield decode(message);
      }
    }
  }
}

/** One reading; what will pass (a lost line, a server that starts) ends it after a short wait. */
async function* patiently(
  link: NatsLink,
  options: OrderedReadOptions,
): AsyncGenerator<readonly RawMessage[]> {
  const {signal} = options;
  try {
    yield* readInOrder(link, options);
  } catch (error) {
    if (signal.aborted) {
      return;
    }
    if (isCimError(error, 'store-failed') || isCimError(error, 'nats-refused')) {
      throw error;
    }
    await pauseQuietly(RETRY_MS, signal);
  }
  if (!signal.aborted) {
    await untilLive(link, signal);
  }
}

async function untilLive(link: NatsLink, signal: AbortSignal): Promise<void> {
  try {
    await link.untilLive(signal);
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}

async function* decoded(
  portions: AsyncIterable<readonly RawMessage[]>,
): AsyncGenerator<StoredMessage> {
  for await (const portion of portions) {
    yield* portion.map(decode);
  }
}

const decode = ({sequence, subject, body}: RawMessage): StoredMessage =>
  readMessage(sequence, subject, decoder.decode(body));

function throwIfAborted(signal: AbortSignal, doing: string): void {
  if (signal.aborted) {
    throw new CimError('time-is-up', `${doing}: given up`, {cause: signal.reason});
  }
}
