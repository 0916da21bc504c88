import type {StateRows} from '#contracts/state-rows.ts';

/** Rows of state in memory. */
export function createMemoryStateRows(): StateRows {
  const rows = new Map<string, Uint8Array>();
  return {
    keys: async () => [...rows.keys()],
    async put(key, value) {
      rows.set(key, value);
    },
    get: async (key) => rows.get(key),
    async remove(key) {
      rows.delete(key);
    },
  };
}
