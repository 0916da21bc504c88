import type {SnapshotInfo, SnapshotStore} from '#contracts/snapshots.ts';

/** Snapshots in memory: nothing survives. */
export function createMemorySnapshots(): SnapshotStore {
  const kept = new Map<number, {readonly info: SnapshotInfo; readonly body: Uint8Array}>();
  return {
    async put(info, body) {
      kept.set(info.sequence, {info, body});
    },
    async list() {
      return [...kept.values()]
        .map(({info}) => info)
        .toSorted((one, other) => one.sequence - other.sequence);
    },
    async get(sequence) {
      return kept.get(sequence)?.body;
    },
  };
}
