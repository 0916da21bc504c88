import {createInbox, type Msg, nuid} from '@nats-io/transport-node';

import {natsError} from './errors.ts';
import {apiFailure, ConsumerInfo, callJetStream} from './jetstream-api.ts';
import type {NatsLink} from './link.ts';
import type {PortionOptions, RawMessage} from './raw-message.ts';

const BATCH = 1000;
const NANOS_PER_MS = 1_000_000;
const PULL_EXPIRES_MS = 30_000;
const HEARTBEAT_MS = 2000;
/** The server takes the consumer away when nobody pulls for so long. */
const INACTIVE_MS = 10_000;

interface Session {
  readonly link: NatsLink;
  readonly options: PortionOptions;
  readonly inbox: string;
  readonly consumer: string;
  queue: RawMessage[];
  /** Asked for, and not yet given to the reader. */
  outstanding: number;
  delivered: number;
  heardAt: number;
  /** The reader is busy with a portion: silence of the server means nothing then. */
  isInHand: boolean;
  isBroken: boolean;
  failure: unknown;
  wake: () => void;
}

/**
 * Messages from a sequence on through an ordered consumer, for the agent that reads all of them:
 * half as fast again as direct gets. Goes on until something breaks the order or the line. The
 * client's own ordered consumer waits for 30 s after a failed look at a restarting server.
 * Yields an empty portion first when nothing is there yet.
 */
export async function* readInOrder(
  link: NatsLink,
  options: PortionOptions,
): AsyncGenerator<readonly RawMessage[]> {
  const session = newSession(link, options);
  const subscription = link.connection.subscribe(session.inbox, {
    callback: (error, message) => hear(session, error, message),
  });
  const watchdog = setInterval(() => checkHeartbeat(session), HEARTBEAT_MS);
  const lost = link.lost();
  const onEnd = () => breakOff(session);
  lost.addEventListener('abort', onEnd);
  options.signal.addEventListener('abort', onEnd);
  try {
    const {num_pending: pending} = await createConsumer(session);
    if (pending === 0) {
      yield [];
    }
    yield* portions(session);
  } finally {
    clearInterval(watchdog);
    lost.removeEventListener('abort', onEnd);
    options.signal.removeEventListener('abort', onEnd);
    subscription.unsubscribe();
  }
}

function newSession(link: NatsLink, options: PortionOptions): Session {
  const {inboxPrefix} = link;
  return {
    link,
    options,
    inbox: createInbox(inboxPrefix),
    consumer: `read_${nuid.next()}`,
    queue: [],
    outstanding: 0,
    delivered: 0,
    heardAt: performance.now(),
    isInHand: false,
    isBroken: false,
    failure: undefined,
    wake: () => undefined,
  };
}

function createConsumer({link, consumer, options}: Session): Promise<ConsumerInfo> {
  const {stream, filter, from, signal} = options;
  const name = `CONSUMER.CREATE.${stream}.${consumer}`;
  const config = {
    name: consumer,
    deliver_policy: 'by_start_sequence',
    opt_start_seq: Math.max(1, from),
    ack_policy: 'none',
    replay_policy: 'instant',
    max_deliver: 1,
    mem_storage: true,
    num_replicas: 1,
    inactive_threshold: INACTIVE_MS * NANOS_PER_MS,
    ...(filter === undefined ? {} : {filter_subject: filter}),
  };
  return callJetStream(
    link,
    {
      subject: filter === undefined ? name : `${name}.${filter}`,
      body: {stream_name: stream, config, action: 'create'},
      answer: ConsumerInfo,
    },
    signal,
  );
}

async function* portions(session: Session): AsyncGenerator<readonly RawMessage[]> {
  const {signal} = session.options;
  pullMore(session);
  while (!signal.aborted) {
    const portion = session.queue;
    if (portion.length > 0) {
      session.queue = [];
      session.isInHand = true;
      yield portion;
      session.isInHand = false;
      session.heardAt = performance.now();
      session.outstanding -= portion.length;
      pullMore(session);
    } else if (session.isBroken) {
      break;
    } else {
      await untilWoken(session);
    }
  }
  if (session.failure !== undefined) {
    throw session.failure;
  }
}

function untilWoken(session: Session): Promise<void> {
  const {promise, resolve} = Promise.withResolvers<void>();
  session.wake = resolve;
  return promise;
}

/** Asks for more once half of what was asked for is in the reader's hands. */
function pullMore(session: Session): void {
  const {link, options, consumer, inbox} = session;
  if (session.isBroken || session.outstanding > BATCH / 2) {
    return;
  }
  const batch = BATCH - session.outstanding;
  session.outstanding += batch;
  const body = JSON.stringify({
    batch,
    expires: PULL_EXPIRES_MS * NANOS_PER_MS,
    idle_heartbeat: HEARTBEAT_MS * NANOS_PER_MS,
  });
  const subject = `$JS.API.CONSUMER.MSG.NEXT.${options.stream}.${consumer}`;
  link.connection.publish(subject, body, {reply: inbox});
}

function hear(session: Session, error: Error | null, message: Msg): void {
  session.heardAt = performance.now();
  if (error !== null) {
    fail(session, natsError(error, `read ${session.options.stream}`));
    return;
  }
  if (message.subject === session.inbox) {
    hearStatus(session, message);
    return;
  }
  const place = placeOf(message.reply ?? '');
  if (place === undefined || place.delivery !== session.delivered + 1) {
    breakOff(session);
    return;
  }
  session.delivered = place.delivery;
  session.queue.push(new DeliveredMessage(message, place));
  session.wake();
}

/** Whoever folds events needs no headers: they are read when they are asked for. */
class DeliveredMessage implements RawMessage {
  readonly sequence: number;
  readonly pending: number;
  readonly #message: Msg;

  constructor(message: Msg, {sequence, pending}: Place) {
    this.#message = message;
    this.sequence = sequence;
    this.pending = pending;
  }

  get subject(): string {
    return this.#message.subject;
  }

  get body(): Uint8Array {
    return this.#message.data;
  }

  get messageId(): string {
    return this.#message.headers?.get('Nats-Msg-Id') ?? '';
  }

  get epoch(): number {
    return Number(this.#message.headers?.get('Cim-Epoch')) || 0;
  }

  get previous(): string {
    return this.#message.headers?.get('Cim-Prev') ?? '';
  }
}

interface Place {
  readonly sequence: number;
  readonly delivery: number;
  readonly pending: number;
}

/** 100 heartbeat · 404, 408: a pull ended early, so many of it were not used · else: it is over. */
function hearStatus(session: Session, message: Msg): void {
  const code = message.headers?.code ?? 0;
  const description = message.headers?.description ?? '';
  if (code === 100) {
    return;
  }
  if (code === 400) {
    fail(session, apiFailure(`read ${session.options.stream}`, {code, description}));
    return;
  }
  if (code !== 404 && code !== 408) {
    breakOff(session);
    return;
  }
  const unused = Number(message.headers?.get('Nats-Pending-Messages') ?? 0);
  session.outstanding -= Math.min(session.outstanding, unused);
  pullMore(session);
}

function checkHeartbeat(session: Session): void {
  const isQuiet = performance.now() - session.heardAt > 2.5 * HEARTBEAT_MS;
  if (isQuiet && session.outstanding > 0 && !session.isInHand) {
    breakOff(session);
  }
}

function fail(session: Session, error: unknown): void {
  session.failure = error;
  breakOff(session);
}

function breakOff(session: Session): void {
  session.isBroken = true;
  session.wake();
}

/**
 * Where a delivered message stands, from its reply subject:
 * `$JS.ACK[.<domain>.<account>].<stream>.<consumer>.<tries>.<sequence>.<delivery>.<time>.<pending>`.
 */
function placeOf(reply: string): Place | undefined {
  const tokens = reply.split('.');
  const start = tokens.length >= 11 ? 7 : 5;
  const [sequence, delivery, , pending] = tokens.slice(start, start + 4).map(Number);
  if (sequence === undefined || delivery === undefined || pending === undefined) {
    return undefined;
  }
  return Number.isSafeInteger(sequence + delivery + pending)
    ? {sequence, delivery, pending}
    : undefined;
}
