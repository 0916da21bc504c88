import {createInbox, type Msg} from '@nats-io/transport-node';

import {CimError} from '#domain/errors.ts';
import {natsError} from './errors.ts';
import {apiFailure} from './jetstream-api.ts';
import type {NatsLink} from './link.ts';
import {type PortionOptions, type RawMessage, rawMessageOf} from './raw-message.ts';
import {untilAborted} from './until-aborted.ts';

const BATCH = 1000;
const SILENCE_LIMIT_MS = 5000;

/** What ends a portion: 204 that was all of it, 404 there is nothing, 503 nobody has the stream. */
const END_OF_BATCH = 204;
const NO_MESSAGES = 404;
const NO_RESPONDERS = 503;

/**
 * Messages from a sequence to the present end by direct gets: the one right that a console has on
 * the stream. @throws CimError `no-agent`, `nats-refused`, `nats-failed`, `time-is-up`
 */
export async function* readDirect(
  link: NatsLink,
  options: PortionOptions,
): AsyncGenerator<readonly RawMessage[]> {
  let {from} = options;
  while (!options.signal.aborted) {
    const portion = await fetchPortion(link, {...options, from});
    yield portion;
    const last = portion.at(-1);
    if (last === undefined || last.pending === 0) {
      return;
    }
    from = last.sequence + 1;
  }
}

async function fetchPortion(
  link: NatsLink,
  {stream, filter, from, signal}: PortionOptions,
): Promise<readonly RawMessage[]> {
  const subject = `$JS.API.DIRECT.GET.${stream}`;
  const inbox = createInbox(link.inboxPrefix);
  const fetched = newFetch(stream);
  const subscription = link.connection.subscribe(inbox, {
    callback: (error, message) => hear(fetched, error, message),
  });
  const refusals = link.onRefused((refusal) => {
    if (refusal.subject === subject) {
      fetched.ended.reject(refusal);
    }
  });
  try {
    const wanted = {seq: Math.max(1, from), batch: BATCH, next_by_subj: filter};
    link.connection.publish(subject, JSON.stringify(wanted), {reply: inbox});
    await untilAborted(fetched.ended.promise, signal, link.lost());
    return fetched.messages;
  } catch (error) {
    throw natsError(error, `read ${stream} from ${from}`);
  } finally {
    clearTimeout(fetched.silence);
    refusals.stop();
    subscription.unsubscribe();
  }
}

interface Fetch {
  readonly stream: string;
  readonly messages: RawMessage[];
  readonly ended: PromiseWithResolvers<void>;
  /** Ends the wait when nothing more comes. */
  readonly silence: NodeJS.Timeout;
}

function newFetch(stream: string): Fetch {
  const ended = Promise.withResolvers<void>();
  const onSilence = () =>
    ended.reject(new CimError('time-is-up', `${stream}: the server fell silent`));
  return {stream, messages: [], ended, silence: setTimeout(onSilence, SILENCE_LIMIT_MS)};
}

function hear({stream, messages, ended, silence}: Fetch, error: Error | null, heard: Msg): void {
  silence.refresh();
  if (error !== null) {
    ended.reject(error);
    return;
  }
  const code = heard.headers?.code ?? 0;
  if (code === 0) {
    const message = rawMessageOf(heard);
    if (message !== undefined) {
      messages.push(message);
    }
  } else if (code === END_OF_BATCH || code === NO_MESSAGES) {
    ended.resolve();
  } else if (code === NO_RESPONDERS) {
    ended.reject(new CimError('no-agent', `${stream}: no such stream there`));
  } else {
    ended.reject(apiFailure(stream, {code, description: heard.headers?.description}));
  }
}
