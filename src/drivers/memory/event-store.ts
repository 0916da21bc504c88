import {setImmediate} from 'node:timers/promises';

import type {
  AppendOptions,
  AppendResult,
  EventReader,
  EventStore,
  ReadOptions,
  Verified,
  VerifyOptions,
} from '#contracts/event-store.ts';
import {createChainCheck, type KnownHead} from '#domain/chain-check.ts';
import {hexOf} from '#domain/digest.ts';
import type {Envelope} from '#domain/envelope.ts';
import {CimError} from '#domain/errors.ts';
import {eventSubject, eventsFilter, readMessage, type StoredMessage} from '#domain/message.ts';
import {
  chained,
  digestAfter,
  type MemoryMessage,
  type MemoryStream,
  type NewMessage,
  sha256,
} from './event-stream.ts';

export interface MemoryEventStoreOptions {
  readonly leafId: string;
  readonly stream: MemoryStream;
}

const MOST_EVENTS = 1000;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The event store in memory: same fence, same digests, nothing survives. */
export function createMemoryEventStore({leafId, stream}: MemoryEventStoreOptions): EventStore {
  let isOpen = false;
  /** What this writer knows of the chain: where it wrote last. */
  let head: KnownHead | undefined;
  return {
    ...createMemoryEventReader({leafId, stream}),
    async open(signal) {
      signal.throwIfAborted();
      isOpen = true;
      return {sequence: stream.lastSequence(), digest: hexOf(stream.digest())};
    },
    async append(events, options) {
      if (!isOpen) {
        throw new TypeError('append before open');
      }
      const result = append({leafId, stream}, events, options);
      if (result.kind === 'appended') {
        head = {sequence: result.last, digest: stream.digest()};
      }
      return result;
    },
    verify: (options) => verify(stream, head, options),
  };
}

/** Reads what the memory event store holds. */
export function createMemoryEventReader({leafId, stream}: MemoryEventStoreOptions): EventReader {
  const readAggregate: EventReader['readAggregate'] = (aggregate, id, signal) => {
    const prefix = eventsFilter(leafId, aggregate, id).slice(0, -1);
    return readAll(stream, {from: 1, signal}, ({subject}) => subject.startsWith(prefix));
  };
  return {
    readAggregate,
    async read(sequence) {
      const message = stream.at(sequence);
      return message && decode(message);
    },
    async readNewest(aggregate, id, signal) {
      let newest: StoredMessage | undefined;
      for await (const message of readAggregate(aggregate, id, signal)) {
        newest = message;
      }
      return newest;
    },
    readAll: (options) => readAll(stream, options),
    async *readPortions(options) {
      const portion: StoredMessage[] = [];
      for await (const message of readAll(stream, options)) {
        portion.push(message);
      }
      yield portion;
    },
    follow: (options) => follow(stream, options),
    async lastSequence() {
      return stream.lastSequence();
    },
  };
}

function append(
  {leafId, stream}: MemoryEventStoreOptions,
  events: readonly Envelope[],
  {expectedSequence, epoch, signal}: AppendOptions,
): AppendResult {
  if (events.length === 0 || events.length > MOST_EVENTS) {
    throw new TypeError(`append takes 1 to ${MOST_EVENTS} events, not ${events.length}`);
  }
  if (signal.aborted) {
    throw new CimError('time-is-up', `append behind ${expectedSequence}`, {cause: signal.reason});
  }
  const actual = stream.lastSequence();
  if (actual !== expectedSequence) {
    return {kind: 'fence-lost', actual};
  }
  const twice = events.map(({id}) => stream.findId(id)).find((place) => place !== undefined);
  if (twice !== undefined) {
    throw new CimError('store-failed', `append: an id of these was stored before, at ${twice}`);
  }
  const newest = Number(stream.at(actual)?.headers['Cim-Epoch'] ?? 0);
  if (epoch < newest) {
    throw new CimError('lease-lost', `append in epoch ${epoch}, after ${newest}`);
  }
  let digest = stream.digest();
  const messages = events.map((event): NewMessage => {
    const message = messageOf(leafId, event, {epoch, previous: hexOf(digest)});
    digest = digestAfter(digest, message);
    return message;
  });
  return stream.put(messages)
    ? {kind: 'appended', first: actual + 1, last: stream.lastSequence()}
    : {kind: 'store-full'};
}

const messageOf = (
  leafId: string,
  event: Envelope,
  {epoch, previous}: {readonly epoch: number; readonly previous: string},
): NewMessage => ({
  subject: eventSubject(leafId, event.type, event.subject),
  messageId: event.id,
  headers: {
    'Nats-Msg-Id': event.id,
    'Cim-Type': event.type,
    'Cim-Epoch': String(epoch),
    'Cim-Prev': previous,
    'X-Message-ID': event.id,
    'X-Correlation-ID': event.correlationid,
    'X-Causation-ID': event.causationid,
  },
  body: encoder.encode(JSON.stringify(event)),
});

/** Messages between two turns of the event loop. */
const SLICE = 250;

async function verify(
  stream: MemoryStream,
  head: KnownHead | undefined,
  {signal, onProgress}: VerifyOptions,
): Promise<Verified> {
  const events = stream.lastSequence();
  const check = createChainCheck(sha256, stream.seed, head);
  for (let sequence = 1; sequence <= events; sequence += 1) {
    const message = stream.at(sequence);
    if (message !== undefined) {
      const previous = message.headers['Cim-Prev'] ?? '';
      check.next({...chained(message), sequence, previous});
    }
    if (sequence % SLICE === 0 || sequence === events) {
      onProgress(sequence, events);
      await setImmediate();
    }
    if (signal.aborted) {
      throw new CimError('time-is-up', `verify at ${sequence}`, {cause: signal.reason});
    }
  }
  return {events, wrong: check.wrong()};
}

async function* readAll(
  stream: MemoryStream,
  {from, signal}: ReadOptions,
  isWanted: (message: MemoryMessage) => boolean = () => true,
): AsyncGenerator<StoredMessage> {
  const end = stream.lastSequence();
  for (let sequence = Math.max(1, from); sequence <= end; sequence += 1) {
    if (signal.aborted) {
      throw new CimError('time-is-up', `read from ${from}`, {cause: signal.reason});
    }
    const message = stream.at(sequence);
    if (message !== undefined && isWanted(message)) {
      yield decode(message);
    }
  }
}

async function* follow(
  stream: MemoryStream,
  {from, signal}: ReadOptions,
): AsyncGenerator<StoredMessage> {
  let next = Math.max(1, from);
  while (!signal.aborted) {
    const message = stream.at(next);
    if (message === undefined) {
      await untilMore(stream, next, signal);
    } else {
      next += 1;
      yield decode(message);
    }
  }
}

async function untilMore(stream: MemoryStream, next: number, signal: AbortSignal): Promise<void> {
  const {promise, resolve} = Promise.withResolvers<void>();
  const stop = stream.onPut(() => {
    if (stream.lastSequence() >= next) {
      resolve();
    }
  });
  const onAbort = () => resolve();
  signal.addEventListener('abort', onAbort, {once: true});
  await promise;
  stop();
  signal.removeEventListener('abort', onAbort);
}

const decode = ({sequence, subject, body}: MemoryMessage): StoredMessage =>
  readMessage(sequence, subject, decoder.decode(body));
