import {CimError, isCimError} from '#domain/errors.ts';
import {directGet} from './jetstream-api.ts';
import type {NatsLink} from './link.ts';
import {pauseQuietly} from './pause.ts';
import type {PortionOptions, RawMessage, ReadPortions} from './raw-message.ts';

const RETRY_MS = 250;

/** Last sequence of a stream, 0 when it is empty. @throws CimError */
export async function lastSequenceOf(
  link: NatsLink,
  stream: string,
  signal: AbortSignal,
): Promise<number> {
  return (await directGet(link, {stream, last: '>'}, signal))?.sequence ?? 0;
}

/**
 * Portions of what stands in the stream from a sequence to its present end. A lost line is
 * waited for. @throws CimError `time-is-up` when aborted before the end
 */
export async function* readToEnd(
  link: NatsLink,
  read: ReadPortions,
  options: PortionOptions,
): AsyncGenerator<readonly RawMessage[]> {
  const {stream, signal} = options;
  const end = await lastSequenceOf(link, stream, signal);
  let from = options.from;
  while (from <= end) {
    for await (const portion of patiently(link, read, {...options, from})) {
      const last = portion.at(-1);
      yield portion.filter(({sequence}) => sequence <= end);
      if (last === undefined || last.pending === 0 || last.sequence >= end) {
        return;
      }
      from = last.sequence + 1;
    }
    if (signal.aborted) {
      throw new CimError('time-is-up', `read ${stream} to ${end}: given up at ${from}`, {
        cause: signal.reason,
      });
    }
  }
}

/** One reading; what will pass (a lost line, a server that starts) ends it after a short wait. */
export async function* patiently(
  link: NatsLink,
  read: ReadPortions,
  options: PortionOptions,
): AsyncGenerator<readonly RawMessage[]> {
  const {signal} = options;
  try {
    yield* read(link, options);
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
