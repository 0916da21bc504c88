import {hash} from 'node:crypto';

import type {AppendOptions, AppendResult, EventStore, Head} from '#contracts/event-store.ts';
import {DIGEST_SEED, hexOf, nextDigest, type Sha256} from '#domain/digest.ts';
import type {Envelope} from '#domain/envelope.ts';
import {CimError} from '#domain/errors.ts';
import {eventSubject} from '#domain/message.ts';
import {type Outgoing, publishBehindFence} from './append.ts';
import {createJetStreamEventReader, readersOf} from './event-reader.ts';
import {ensureEventStream, eventStreamName} from './event-stream.ts';
import {directGet} from './jetstream-api.ts';
import type {NatsLink} from './link.ts';
import {readInOrder} from './ordered-read.ts';
import {lastSequenceOf, readToEnd} from './read-to-end.ts';
import {isRecentEnough} from './server-version.ts';
import {verifyChain} from './verify-chain.ts';

export interface JetStreamEventStoreOptions {
  readonly link: NatsLink;
  readonly leafId: string;
  readonly storeId: string;
  /** Size of the stream when it is made: see `eventStoreBytes`. */
  readonly maxBytes: number;
  /** Called when the stream was made, before anything is stored in it. */
  readonly onMade?: (() => Promise<void>) | undefined;
}

/** Most events in one append: what the server takes as one batch. */
const MOST_EVENTS = 1000;
/** Room that an event's headers may take. */
const HEADER_BYTES = 2048;

interface Chain {
  sequence: number;
  digest: Uint8Array;
  /** Highest epoch of any writer so far. */
  epoch: number;
}

const newChain = (seed: Uint8Array): Chain => ({sequence: 0, digest: seed, epoch: 0});

const encoder = new TextEncoder();
const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');

/** The event store on JetStream. The digest chain goes on from what the last writer left. */
export function createJetStreamEventStore(options: JetStreamEventStoreOptions): EventStore {
  const {link, leafId, storeId} = options;
  const stream = eventStreamName(leafId);
  const seed = sha256(encoder.encode(`${DIGEST_SEED}${storeId}`));
  const chain: Chain = {...newChain(seed), sequence: -1};
  return {
    ...createJetStreamEventReader({link, leafId}),
    ...readersOf((wanted) => readToEnd(link, readInOrder, {stream, ...wanted})),
    async open(signal) {
      demandVersion(link);
      await ensureEventStream(link, options, signal);
      Object.assign(chain, (await lastLink(link, stream, signal)) ?? newChain(seed));
      await advance(link, stream, chain, signal);
      return headOf(chain);
    },
    append: (events, appendOptions) => append({link, leafId, chain, events}, appendOptions),
    verify: (verifyOptions) =>
      verifyChain(link, {stream, sha256, seed, head: {...chain}}, verifyOptions),
  };
}

function demandVersion(link: NatsLink): void {
  const version = link.connection.info?.version ?? 'unknown';
  if (!isRecentEnough(version)) {
    throw new CimError('nats-too-old', `the NATS server is ${version}: 2.12 is needed`);
  }
}

interface Append {
  readonly link: NatsLink;
  readonly leafId: string;
  readonly chain: Chain;
  readonly events: readonly Envelope[];
}

async function append(work: Append, options: AppendOptions): Promise<AppendResult> {
  const {link, leafId, chain, events} = work;
  const {expectedSequence, signal} = options;
  if (events.length === 0 || events.length > MOST_EVENTS) {
    throw new TypeError(`append takes 1 to ${MOST_EVENTS} events, not ${events.length}`);
  }
  if (chain.sequence < 0) {
    throw new TypeError('append before open');
  }
  const stream = eventStreamName(leafId);
  if (chain.sequence < expectedSequence) {
    await advance(link, stream, chain, signal); // the writer has followed what others wrote
  }
  if (chain.sequence !== expectedSequence) {
    return {kind: 'fence-lost', actual: chain.sequence};
  }
  if (options.epoch < chain.epoch) {
    throw new CimError('lease-lost', `append in epoch ${options.epoch}, after ${chain.epoch}`);
  }
  const {messages, digest} = prepare(leafId, chain, events, options.epoch);
  const largest = Math.max(...messages.map(({body}) => body.length));
  if (largest > (link.connection.info?.max_payload ?? Number.POSITIVE_INFINITY) - HEADER_BYTES) {
    throw new CimError('store-failed', `append to ${stream}: an event of ${largest} bytes`);
  }
  const result = await publishBehindFence(link, {stream, messages, expectedSequence, signal});
  if (result.kind === 'appended') {
    Object.assign(chain, {sequence: result.last, digest, epoch: options.epoch});
  }
  return result;
}

/** Each message with the digest before it, and the digest after the last. */
function prepare(leafId: string, chain: Chain, events: readonly Envelope[], epoch: number) {
  let {digest} = chain;
  const messages = events.map((event): Outgoing => {
    const subject = eventSubject(leafId, event.type, event.subject);
    const body = encoder.encode(JSON.stringify(event));
    const headers = headersOf(event, epoch, hexOf(digest));
    digest = nextDigest(sha256, digest, {
      subject: encoder.encode(subject),
      messageId: encoder.encode(event.id),
      body,
    });
    return {subject, messageId: event.id, headers, body};
  });
  return {messages, digest};
}

/** WIRE.md, Event: for the server, for us, and for CIM's other readers. */
const headersOf = (event: Envelope, epoch: number, previous: string) => ({
  'Nats-Msg-Id': event.id,
  'Cim-Type': event.type,
  'Cim-Epoch': String(epoch),
  'Cim-Prev': previous,
  'X-Message-ID': event.id,
  'X-Correlation-ID': event.correlationid,
  'X-Causation-ID': event.causationid,
});

/** Messages of others at the end of a stream that are looked through for the last of ours. */
const MOST_FOREIGN = 100;

/**
 * The chain as it stood before the newest message that bears its digest: so much of the stream need
 * not be read. What stands in the header is taken as it is; whoever doubts it reads the whole.
 */
async function lastLink(
  link: NatsLink,
  stream: string,
  signal: AbortSignal,
): Promise<Chain | undefined> {
  const last = await lastSequenceOf(link, stream, signal);
  for (let sequence = last; sequence > Math.max(0, last - MOST_FOREIGN); sequence -= 1) {
    const message = await directGet(link, {stream, sequence}, signal);
    const digest = message?.headers.get('Cim-Prev') ?? '';
    if (/^[0-9a-f]{64}$/.test(digest)) {
      const epoch = Number(message?.headers.get('Cim-Epoch')) || 0;
      return {sequence: sequence - 1, digest: Buffer.from(digest, 'hex'), epoch};
    }
  }
  return undefined;
}

/** Reads on from where the chain stands to the stream's present end. */
async function advance(
  link: NatsLink,
  stream: string,
  chain: Chain,
  signal: AbortSignal,
): Promise<void> {
  for await (const portion of readToEnd(link, readInOrder, {
    stream,
    from: chain.sequence + 1,
    signal,
  })) {
    for (const {sequence, subject, messageId, body, epoch} of portion) {
      chain.digest = nextDigest(sha256, chain.digest, {
        subject: encoder.encode(subject),
        messageId: encoder.encode(messageId),
        body,
      });
      chain.sequence = sequence;
      chain.epoch = Math.max(chain.epoch, epoch);
    }
  }
}

const headOf = ({sequence, digest}: Chain): Head => ({sequence, digest: hexOf(digest)});
