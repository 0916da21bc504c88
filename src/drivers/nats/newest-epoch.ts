import {eventStreamName} from './event-stream.ts';
import {directGet, JETSTREAM_ERRORS, jetStreamCode, streamInfo} from './jetstream-api.ts';
import type {NatsLink} from './link.ts';

const LIMIT_MS = 5000;

/** Lease epoch of the newest event that bears one; 0 when there is none, or no stream yet. */
export async function newestEpoch(link: NatsLink, leafId: string): Promise<number> {
  const stream = eventStreamName(leafId);
  const signal = AbortSignal.timeout(LIMIT_MS);
  for (let sequence = await lastSequence(link, stream, signal); sequence > 0; sequence -= 1) {
    const message = await directGet(link, {stream, sequence}, signal);
    const epoch = Number(message?.headers.get('Cim-Epoch') ?? '');
    if (epoch > 0) {
      return epoch;
    }
  }
  return 0;
}

async function lastSequence(link: NatsLink, stream: string, signal: AbortSignal): Promise<number> {
  try {
    return (await streamInfo(link, stream, signal)).state.last_seq;
  } catch (error) {
    if (jetStreamCode(error) === JETSTREAM_ERRORS.streamNotFound) {
      return 0;
    }
    throw error;
  }
}
