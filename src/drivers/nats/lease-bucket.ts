import {z} from 'zod';

import {LEASE_TTL_MS} from '#contracts/lease.ts';
import {
  callJetStream,
  directGet,
  JETSTREAM_ERRORS,
  jetStreamCode,
  StreamInfo,
  streamInfo,
} from './jetstream-api.ts';
import type {NatsLink} from './link.ts';
import {publishToStream} from './publish.ts';

/** The one entry of a lease's bucket. Without a holder: it was given back. */
export interface LeaseEntry {
  readonly holder: string | undefined;
  readonly revision: number;
}

/** Key-value bucket `cim_lease_<leaf>`, one key. Kept in memory: each renewal would be an fsync. */
export interface LeaseBucket {
  /** Makes the bucket where the server has none: it forgets buckets in memory when it ends. */
  ensure(): Promise<void>;
  read(): Promise<LeaseEntry | undefined>;
  /** Compare-and-set; 0: there must be none. Gives the new revision. @throws CimError */
  write(holder: string, expectedRevision: number): Promise<number>;
  clear(expectedRevision: number): Promise<void>;
}

const Entry = z.object({holder: z.string()});

const NANOS_PER_MS = 1_000_000;
const LIMIT_MS = 2000;
const decoder = new TextDecoder();

/** The bucket of a leaf's lease. */
export function createLeaseBucket(link: NatsLink, leafId: string): LeaseBucket {
  const bucket = `cim_lease_${leafId}`;
  const subject = `$KV.${bucket}.holder`;
  const limit = () => AbortSignal.timeout(LIMIT_MS);
  const put = (body: string, expected: number, extra: Readonly<Record<string, string>> = {}) => {
    const headers = {'Nats-Expected-Last-Subject-Sequence': String(expected), ...extra};
    return publishToStream(link, {subject, body, headers}, limit());
  };
  return {
    ensure: () => ensure(link, bucket, limit()),
    async read() {
      const found = await directGet(link, {stream: `KV_${bucket}`, last: subject}, limit());
      if (found === undefined) {
        return undefined;
      }
      const isCleared = found.headers.get('KV-Operation') !== '';
      const text = decoder.decode(found.body);
      const holder = isCleared ? undefined : Entry.parse(JSON.parse(text)).holder;
      return {holder, revision: found.sequence};
    },
    write: (holder, expected) => put(JSON.stringify({holder}), expected),
    async clear(expected) {
      await put('', expected, {'KV-Operation': 'DEL'});
    },
  };
}

async function ensure(link: NatsLink, bucket: string, signal: AbortSignal): Promise<void> {
  const name = `KV_${bucket}`;
  try {
    await streamInfo(link, name, signal);
  } catch (error) {
    if (jetStreamCode(error) !== JETSTREAM_ERRORS.streamNotFound) {
      throw error;
    }
    const body = settingsOf(bucket);
    await callJetStream(link, {subject: `STREAM.CREATE.${name}`, body, answer: StreamInfo}, signal);
  }
}

/** As NATS's key-value clients make a bucket with history 1. */
const settingsOf = (bucket: string) => ({
  name: `KV_${bucket}`,
  subjects: [`$KV.${bucket}.>`],
  storage: 'memory',
  retention: 'limits',
  discard: 'new',
  max_msgs_per_subject: 1,
  max_age: LEASE_TTL_MS * NANOS_PER_MS,
  duplicate_window: LEASE_TTL_MS * NANOS_PER_MS,
  num_replicas: 1,
  allow_direct: true,
  allow_rollup_hdrs: true,
  deny_delete: true,
});
