import {jetstream, StorageType} from '@nats-io/jetstream';
import {type KV, Kvm} from '@nats-io/kv';

import type {StateRows} from '#contracts/state-rows.ts';
import {CimError} from '#domain/errors.ts';
import {stateBucket} from '#domain/kv-row.ts';
import type {NatsLink} from './link.ts';

export interface NatsStateRowsOptions {
  readonly link: NatsLink;
  readonly leafId: string;
}

/**
 * Rows of state as a KV bucket in memory: all of it follows from the events, and in a file each row
 * would cost an fsync. A server that comes back has forgotten it: the next call makes it anew.
 */
export function createNatsStateRows({link, leafId}: NatsStateRowsOptions): StateRows {
  let opening: Promise<KV> | undefined;
  const bucket = async <Value>(doing: string, work: (kv: KV) => Promise<Value>): Promise<Value> => {
    try {
      const options = {storage: StorageType.Memory, history: 1};
      opening ??= new Kvm(jetstream(link.connection)).create(stateBucket(leafId), options);
      return await work(await opening);
    } catch (error) {
      opening = undefined;
      throw new CimError('store-failed', doing, {cause: error});
    }
  };
  return {
    keys: () =>
      bucket('list the rows of state', async (kv) => {
        const keys: string[] = [];
        for await (const key of await kv.keys()) {
          keys.push(key);
        }
        return keys;
      }),
    async put(key, value) {
      await bucket(`write the row ${key}`, (kv) => kv.put(key, value));
    },
    get: (key) =>
      bucket(`read the row ${key}`, async (kv) => {
        const entry = await kv.get(key);
        return entry === null || entry.operation !== 'PUT'
          ? undefined
          : new Uint8Array(entry.value);
      }),
    // Nothing is left of it: a mark of what was deleted would stay for ever.
    remove: (key) => bucket(`remove the row ${key}`, (kv) => kv.purge(key)),
  };
}
