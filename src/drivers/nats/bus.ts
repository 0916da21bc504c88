import {headers, type Msg, type MsgHdrs} from '@nats-io/transport-node';

import type {
  Bus,
  BusAskAllOptions,
  BusMessage,
  BusReply,
  BusRequestOptions,
  BusSubscription,
} from '#contracts/bus.ts';
import type {Log} from '#contracts/log.ts';
import {CimError} from '#domain/errors.ts';
import {natsError} from './errors.ts';
import type {NatsLink} from './link.ts';
import {untilAborted} from './until-aborted.ts';

export interface NatsBusOptions {
  readonly link: NatsLink;
  readonly log: Log;
}

const ROUND_TRIP_LIMIT_MS = 5000;

/** The bus contract over one NATS connection. */
export function createNatsBus({link, log}: NatsBusOptions): Bus {
  const {connection} = link;
  return {
    request: (subject, body, options) => request(link, subject, body, options),
    requestAll: (subject, body, options) => requestAll(link, subject, body, options),
    publish: (subject, body) => connection.publish(subject, body),
    subscribe: (subject, listener, queue) => subscribe(link, log, {subject, listener, queue}),
    respond(subject, handler, queue) {
      const listener = (message: BusMessage, raw: Msg) =>
        void answer(raw, () => handler(message), log);
      return subscribe(link, log, {subject, listener, queue});
    },
    status: link.status,
    onStatus: link.onStatus,
    roundTrip: () => roundTrip(link),
    async close() {
      await (link.status().kind === 'live' ? connection.drain() : connection.close());
    },
  };
}

async function request(
  link: NatsLink,
  subject: string,
  body: Uint8Array,
  {timeoutMs, signal}: BusRequestOptions,
): Promise<BusMessage> {
  const limit = AbortSignal.timeout(timeoutMs);
  const either = signal === undefined ? limit : AbortSignal.any([limit, signal]);
  try {
    // What is sent while the connection is down would be dropped in silence by the client.
    await link.untilLive(either);
    const work = link.connection.request(subject, body, {timeout: timeoutMs});
    return readMsg(await untilAborted(work, either));
  } catch (error) {
    throw natsError(error, `request ${subject}`);
  }
}

async function requestAll(
  link: NatsLink,
  subject: string,
  body: Uint8Array,
  {timeoutMs, signal, silenceMs}: BusAskAllOptions,
): Promise<readonly BusMessage[]> {
  const limit = AbortSignal.timeout(timeoutMs);
  const either = signal === undefined ? limit : AbortSignal.any([limit, signal]);
  const answers: BusMessage[] = [];
  try {
    await link.untilLive(either);
    const options = {strategy: 'stall', stall: silenceMs, maxWait: timeoutMs} as const;
    const heard = await link.connection.requestMany(subject, body, options);
    await untilAborted(collect(heard, answers), signal);
  } catch (error) {
    throw natsError(error, `request ${subject}`);
  }
  if (answers.length === 0) {
    throw new CimError('time-is-up', `request ${subject}`);
  }
  return answers;
}

async function collect(heard: AsyncIterable<Msg>, answers: BusMessage[]): Promise<void> {
  for await (const answer of heard) {
    answers.push(readMsg(answer));
  }
}

interface Listening {
  readonly subject: string;
  readonly listener: (message: BusMessage, raw: Msg) => void;
  readonly queue: string | undefined;
}

function subscribe(link: NatsLink, log: Log, listening: Listening): BusSubscription {
  const {subject, listener, queue} = listening;
  const subscription = link.connection.subscribe(subject, {
    ...(queue === undefined ? {} : {queue}),
    callback: (error, raw) => {
      if (error !== null) {
        log.error(`subscribe ${subject}`, natsError(error, `subscribe ${subject}`));
        return;
      }
      guard(log, `hear ${raw.subject}`, () => listener(readMsg(raw), raw));
    },
  });
  return {stop: () => subscription.unsubscribe()};
}

/**
 * Answers only to an inbox, or to the way back into the account that asked. With another reply
 * subject somebody would have us write where he may not, and JetStream's deliveries are no wishes.
 */
const isWayBack = (reply: string | undefined): boolean => /^(_INBOX|_R_)\./.test(reply ?? '');

async function answer(raw: Msg, handler: () => Promise<BusReply>, log: Log): Promise<void> {
  if (!isWayBack(raw.reply)) {
    log.warn(`not answered: ${raw.subject} with reply subject "${raw.reply ?? ''}"`);
    return;
  }
  try {
    const {body, headers: extra} = await handler();
    raw.respond(body, extra === undefined ? {} : {headers: headersOf(extra)});
  } catch (error) {
    log.error(`answer ${raw.subject}`, error);
  }
}

function guard(log: Log, doing: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    log.error(doing, error);
  }
}

async function roundTrip(link: NatsLink): Promise<number> {
  const limit = AbortSignal.timeout(ROUND_TRIP_LIMIT_MS);
  try {
    await link.untilLive(limit);
    const start = performance.now();
    await untilAborted(link.connection.flush(), limit, link.lost());
    return performance.now() - start;
  } catch (error) {
    throw new CimError('time-is-up', 'round trip to the NATS server', {cause: error});
  }
}

const readMsg = ({subject, data, headers: raw}: Msg): BusMessage => ({
  subject,
  body: data,
  headers: recordOf(raw),
});

function recordOf(raw: MsgHdrs | undefined): Readonly<Record<string, string>> {
  return raw === undefined ? {} : Object.fromEntries(raw.keys().map((key) => [key, raw.get(key)]));
}

function headersOf(record: Readonly<Record<string, string>>): MsgHdrs {
  const made = headers();
  for (const [key, value] of Object.entries(record)) {
    made.set(key, value);
  }
  return made;
}
