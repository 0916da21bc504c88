import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';

import {syncFolder} from '#drivers/home/sync-folder.ts';
import {createJetStreamEventStore} from '#drivers/nats/event-store.ts';
import {startTestServer} from '#test/support/nats.ts';

const folder = await mkdtemp(join(tmpdir(), 'cim-sync-'));
afterAll(() => rm(folder, {recursive: true}));

test('a folder with all that is in it can be synced, and one that is not there cannot', async () => {
  await mkdir(join(folder, 'a/b'), {recursive: true});
  await writeFile(join(folder, 'a/b/c'), 'x');
  await expect(syncFolder(join(folder, 'a'), folder)).resolves.toBeUndefined();
  await expect(syncFolder(join(folder, 'none'))).rejects.toThrow('ENOENT');
});

test('it is asked for once the stream was made, and before anything is in it', async () => {
  const server = await startTestServer();
  try {
    const {leafId, storeId} = server;
    const link = await server.connectAgent();
    const made: string[] = [];
    const signal = AbortSignal.timeout(20_000);
    const store = () =>
      createJetStreamEventStore({
        link,
        leafId,
        storeId,
        maxBytes: 2 ** 26,
        onMade: async () => void made.push('made'),
      });
    expect((await store().open(signal)).sequence).toBe(0);
    await store().open(signal);
    expect(made).toEqual(['made']);
  } finally {
    await server.stop();
  }
});
