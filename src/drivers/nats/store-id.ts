import {eventStreamName, STORE_ID} from './event-stream.ts';
import {JETSTREAM_ERRORS, jetStreamCode, streamInfo} from './jetstream-api.ts';
import type {NatsLink} from './link.ts';

/**
 * The id of the store that a server already holds for a leaf, or undefined where it holds none.
 * An agent that comes to a configured server takes part in that store; it brings none of its own.
 * @throws CimError `store-failed`, `time-is-up`
 */
export async function readStoreId(
  link: NatsLink,
  leafId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const {config} = await streamInfo(link, eventStreamName(leafId), signal);
    return config.metadata?.[STORE_ID];
  } catch (error) {
    if (jetStreamCode(error) === JETSTREAM_ERRORS.streamNotFound) {
      return undefined;
    }
    throw error;
  }
}
