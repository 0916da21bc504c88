import {jetstream} from '@nats-io/jetstream';
import {type ObjectInfo, type ObjectStore, Objm, StorageType} from '@nats-io/obj';
import {z} from 'zod';

import type {SnapshotInfo, SnapshotStore} from '#contracts/snapshots.ts';
import {CimError} from '#domain/errors.ts';
import type {NatsLink} from './link.ts';

export interface NatsSnapshotsOptions {
  readonly link: NatsLink;
  readonly leafId: string;
}

/** Name of a leaf's object store. */
export const objectBucketName = (leafId: string): string => `cim_objects_${leafId}`;

const PREFIX = 'snapshot.';
const Metadata = z.object({version: z.string(), latest: z.string()});

/** Snapshots as objects `snapshot.<sequence>` of the leaf's object store. */
export function createNatsSnapshots({link, leafId}: NatsSnapshotsOptions): SnapshotStore {
  let opening: Promise<ObjectStore> | undefined;
  const open = (): Promise<ObjectStore> => {
    opening ??= openBucket(link, leafId).catch((error: unknown) => {
      opening = undefined; // the server may be about to come back
      throw error;
    });
    return opening;
  };
  return {
    put: ({sequence, version, latest}, body) =>
      naming(`keep the snapshot of ${sequence}`, async () => {
        const name = `${PREFIX}${sequence}`;
        const bucket = await open();
        await bucket.putBlob({name, metadata: {version, latest: latest ?? ''}}, body);
      }),
    list: () =>
      naming('list snapshots', async () => {
        const objects = await (await open()).list();
        return objects.flatMap(readInfo).toSorted((one, other) => one.sequence - other.sequence);
      }),
    get: (sequence) =>
      naming(`read the snapshot of ${sequence}`, async () => {
        const body = await (await open()).getBlob(`${PREFIX}${sequence}`);
        return body === null ? undefined : new Uint8Array(body); // it may be a Buffer of Node's
      }),
  };
}

function openBucket(link: NatsLink, leafId: string): Promise<ObjectStore> {
  const objects = new Objm(jetstream(link.connection));
  return objects.create(objectBucketName(leafId), {storage: StorageType.File});
}

function readInfo({name, deleted, metadata}: ObjectInfo): readonly SnapshotInfo[] {
  const read = Metadata.safeParse(metadata);
  const sequence = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : Number.NaN;
  return deleted || !read.success || !Number.isSafeInteger(sequence)
    ? []
    : [{sequence, version: read.data.version, latest: read.data.latest || null}];
}

async function naming<Value>(doing: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw new CimError('store-failed', doing, {cause: error});
  }
}
