import {CimError} from '#domain/errors.ts';
import {eventsFilter} from '#domain/message.ts';
import {
  callJetStream,
  JETSTREAM_ERRORS,
  jetStreamCode,
  type StreamConfig,
  StreamInfo,
  streamInfo,
} from './jetstream-api.ts';
import type {NatsLink} from './link.ts';

/** What the event stream of a leaf is made with. */
export interface EventStreamOptions {
  readonly leafId: string;
  /** Tells two stores of one leaf id apart; kept in the stream's metadata. */
  readonly storeId: string;
  /** Size of a new stream; that of an existing one stays. */
  readonly maxBytes: number;
  /** Called when the stream was made, before anything is stored in it. */
  readonly onMade?: (() => Promise<void>) | undefined;
}

/** Name of a leaf's event stream. */
export const eventStreamName = (leafId: string): string => `CIM_EVENTS_${leafId}`;

/** Where the server republishes each event once it is stored. */
export const liveEventsFilter = (leafId: string): string => `cim.${leafId}.live.events.>`;

/** Key of the store id in the stream's metadata. */
export const STORE_ID = 'cim-store-id';

/**
 * Makes the stream if it is missing and compares its settings with what the promises of this
 * store need: a server that does not know a setting drops it without a word.
 * @throws CimError `store-failed`
 */
export async function ensureEventStream(
  link: NatsLink,
  options: EventStreamOptions,
  signal: AbortSignal,
): Promise<StreamInfo> {
  const name = eventStreamName(options.leafId);
  if (!(await exists(link, name, signal))) {
    const body = {...settingsOf(options), max_bytes: options.maxBytes};
    await callJetStream(link, {subject: `STREAM.CREATE.${name}`, body, answer: StreamInfo}, signal);
    await options.onMade?.();
  }
  const info = await streamInfo(link, name, signal);
  compare(info.config, options);
  return info;
}

async function exists(link: NatsLink, name: string, signal: AbortSignal): Promise<boolean> {
  try {
    await streamInfo(link, name, signal);
    return true;
  } catch (error) {
    if (jetStreamCode(error) === JETSTREAM_ERRORS.streamNotFound) {
      return false;
    }
    throw error;
  }
}

/** WIRE.md, Stores. */
const settingsOf = ({leafId, storeId}: EventStreamOptions) => ({
  name: eventStreamName(leafId),
  subjects: [eventsFilter(leafId)],
  storage: 'file',
  compression: 's2',
  retention: 'limits',
  discard: 'new',
  max_age: 0,
  max_msgs: -1,
  max_msgs_per_subject: -1,
  max_msg_size: -1,
  num_replicas: 1,
  deny_delete: true,
  deny_purge: true,
  allow_direct: true,
  allow_atomic: true,
  republish: {src: eventsFilter(leafId), dest: liveEventsFilter(leafId)},
  metadata: {[STORE_ID]: storeId},
});

function compare(config: StreamConfig, options: EventStreamOptions): void {
  const {metadata, ...wanted} = settingsOf(options);
  const found = config.metadata?.[STORE_ID];
  if (found !== metadata[STORE_ID]) {
    throw new CimError(
      'store-failed',
      `open ${config.name}: it is store ${found ?? 'without an id'}, not ${options.storeId}`,
    );
  }
  for (const [key, value] of Object.entries(wanted)) {
    if (JSON.stringify(config[key]) !== JSON.stringify(value)) {
      throw new CimError(
        'store-failed',
        `open ${config.name}: ${key} is ${JSON.stringify(config[key])}, not ${JSON.stringify(value)}`,
      );
    }
  }
  if (!(Number(config.max_bytes) > 0)) {
    throw new CimError('store-failed', `open ${config.name}: max_bytes has no limit`);
  }
}
