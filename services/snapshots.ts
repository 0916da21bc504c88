import type {Codec} from '#contracts/codec.ts';
import type {Log} from '#contracts/log.ts';
import type {SnapshotInfo, SnapshotStore} from '#contracts/snapshots.ts';
import {INVENTORY_VERSION, type Inventory, isInventory} from '#projections/inventory.ts';

/** A state is kept at each sequence that this divides: what follows one is folded in a third of a second. */
export const SNAPSHOT_EVERY = 20_000;

export interface KeepingOptions {
  readonly snapshots: SnapshotStore;
  readonly codec: Codec;
  readonly log: Log;
}

/** Keeps a state. One that cannot be kept is logged: the next one will do. */
export async function keepSnapshot(
  {snapshots, codec, log}: KeepingOptions,
  inventory: Inventory,
): Promise<void> {
  const {sequence, latest} = inventory;
  try {
    await snapshots.put({sequence, version: INVENTORY_VERSION, latest}, codec.pack(inventory));
  } catch (error) {
    log.error(`keep a snapshot of ${sequence}`, error);
  }
}

/** The kept states that this build's projections have made, in order of sequence. */
export async function readableSnapshots({
  snapshots,
  log,
}: KeepingOptions): Promise<readonly SnapshotInfo[]> {
  try {
    return (await snapshots.list()).filter(({version}) => version === INVENTORY_VERSION);
  } catch (error) {
    log.error('list snapshots', error);
    return []; // all of it can be read from the events
  }
}

/** One kept state; undefined when it cannot be read: the events tell the same, only later. */
export async function readSnapshot(
  {snapshots, codec, log}: KeepingOptions,
  {sequence, version}: SnapshotInfo,
): Promise<Inventory | undefined> {
  try {
    const body = await snapshots.get(sequence);
    const inventory = body === undefined ? undefined : codec.unpack(body);
    if (isInventory(inventory, version) && inventory.sequence === sequence) {
      return inventory;
    }
    log.warn(`the snapshot of ${sequence} is no state of ours`);
  } catch (error) {
    log.error(`read the snapshot of ${sequence}`, error);
  }
  return undefined;
}

/** The newest kept state at or before a sequence that can be read; undefined: there is none. */
export async function newestSnapshot(
  options: KeepingOptions,
  last: number,
): Promise<Inventory | undefined> {
  const infos = (await readableSnapshots(options)).filter(({sequence}) => sequence <= last);
  for (const info of infos.toReversed()) {
    const inventory = await readSnapshot(options, info);
    if (inventory !== undefined) {
      return inventory;
    }
  }
  return undefined;
}
