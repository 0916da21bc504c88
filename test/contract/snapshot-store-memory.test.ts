import {createMemorySnapshots} from '#drivers/memory/snapshots.ts';

import {snapshotsSuite} from './snapshot-store.suite.ts';

snapshotsSuite('memory', async () => {
  const snapshots = createMemorySnapshots();
  return {create: () => snapshots, stop: async () => undefined};
});
