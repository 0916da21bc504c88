import type {ReadOptions} from '#contracts/event-store.ts';
import {isCimError} from '#domain/errors.ts';
import type {StoredMessage} from '#domain/message.ts';
import {readDirect} from './direct-read.ts';
import {eventStreamName} from './event-stream.ts';
import type {NatsLink} from './link.ts';
import {openLiveTail} from './live-tail.ts';
import {pauseQuietly} from './pause.ts';
import {decodeMessage, type RawMessage} from './raw-message.ts';
import {readToEnd} from './read-to-end.ts';

const RETRY_MS = 250;

/**
 * Every message from a sequence on: from the stream first, then as the server republishes it.
 * Each hole, each reconnect and a long silence lead back to the stream.
 */
export async function* followEvents(
  link: NatsLink,
  leafId: string,
  {from, signal}: ReadOptions,
): AsyncGenerator<StoredMessage> {
  const tail = openLiveTail(link, leafId);
  let next = Math.max(1, from);
  try {
    while (!signal.aborted) {
      const source = tail.takeStale()
        ? missed(link, leafId, {from: next, signal}, tail.markStale)
        : [tail.take()];
      for await (const message of inOrder(source, next, tail.markStale)) {
        next = message.sequence + 1;
        yield decodeMessage(message);
        if (signal.aborted) {
          return;
        }
      }
      await tail.untilNews(signal);
    }
  } finally {
    tail.stop();
  }
}

/** Portions from the stream. What will pass (a lost line, a starting server) leaves it stale. */
async function* missed(
  link: NatsLink,
  leafId: string,
  {from, signal}: ReadOptions,
  markStale: () => void,
): AsyncGenerator<readonly RawMessage[]> {
  const stream = eventStreamName(leafId);
  try {
    await link.untilLive(signal);
    yield* readToEnd(link, readDirect, {stream, from, signal});
  } catch (error) {
    if (signal.aborted) {
      return;
    }
    const isFinal = isCimError(error, 'store-failed') || isCimError(error, 'nats-refused');
    if (isFinal || link.connection.isClosed()) {
      throw error;
    }
    await pauseQuietly(RETRY_MS, signal);
    markStale();
  }
}

/** Each sequence once. A hole in what came live ends the portion: the stream has what is missing. */
async function* inOrder(
  source: AsyncIterable<readonly RawMessage[]> | Iterable<readonly RawMessage[]>,
  from: number,
  onHole: () => void,
): AsyncGenerator<RawMessage> {
  const isLive = Symbol.iterator in source;
  let next = from;
  for await (const portion of source) {
    for (const message of portion) {
      if (isLive && message.sequence > next) {
        onHole();
        return;
      }
      if (message.sequence >= next) {
        next = message.sequence + 1;
        yield message;
      }
    }
  }
}
