import type {EventReader, ReadOptions} from '#contracts/event-store.ts';
import {eventsFilter, type StoredMessage} from '#domain/message.ts';
import {readDirect} from './direct-read.ts';
import {eventStreamName} from './event-stream.ts';
import {followEvents} from './follow.ts';
import {directGet} from './jetstream-api.ts';
import type {NatsLink} from './link.ts';
import {decodeMessage, type RawMessage} from './raw-message.ts';
import {lastSequenceOf, readToEnd} from './read-to-end.ts';

export interface EventReaderOptions {
  readonly link: NatsLink;
  readonly leafId: string;
}

/** Reads a leaf's events with nothing but the rights of a console: direct get, live messages. */
export function createJetStreamEventReader({link, leafId}: EventReaderOptions): EventReader {
  const stream = eventStreamName(leafId);
  const readOne = async (
    wanted: {readonly sequence: number} | {readonly last: string},
    signal: AbortSignal,
  ): Promise<StoredMessage | undefined> => {
    const found = await directGet(link, {stream, ...wanted}, signal);
    return found && decodeMessage(found);
  };
  return {
    read: (sequence, signal) => readOne({sequence}, signal),
    readNewest: (aggregate, id, signal) =>
      readOne({last: eventsFilter(leafId, aggregate, id)}, signal),
    ...readersOf((options) => readToEnd(link, readDirect, {stream, ...options})),
    readAggregate(aggregate, id, signal) {
      const filter = eventsFilter(leafId, aggregate, id);
      return decoded(readToEnd(link, readDirect, {stream, filter, from: 1, signal}));
    },
    follow: (options) => followEvents(link, leafId, options),
    lastSequence: (signal) => lastSequenceOf(link, stream, signal),
  };
}

/** Both ways to read on from a sequence. */
export const readersOf = (
  read: (options: ReadOptions) => AsyncIterable<readonly RawMessage[]>,
): Pick<EventReader, 'readAll' | 'readPortions'> => ({
  readAll: (options) => decoded(read(options)),
  readPortions: (options) => decodedPortions(read(options)),
});

async function* decodedPortions(
  portions: AsyncIterable<readonly RawMessage[]>,
): AsyncGenerator<readonly StoredMessage[]> {
  for await (const portion of portions) {
    yield portion.map(decodeMessage);
  }
}

/** Message by message, as the rest of the program sees them. */
async function* decoded(
  portions: AsyncIterable<readonly RawMessage[]>,
): AsyncGenerator<StoredMessage> {
  for await (const portion of portions) {
    yield* portion.map(decodeMessage);
  }
}
