import {afterEach, beforeEach, expect, test} from 'vitest';

import type {SnapshotStore} from '#contracts/snapshots.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

/** A place for snapshots, as several may use it. */
export interface SnapshotsHarness {
  create(): SnapshotStore;
  stop(): Promise<void>;
}

/** What every store of snapshots keeps. */
export function snapshotsSuite(
  driver: DriverOf<'snapshot-store'>,
  start: () => Promise<SnapshotsHarness>,
): void {
  describeContract({contract: 'snapshot-store', driver}, () => {
    let harness: SnapshotsHarness;
    beforeEach(async () => {
      harness = await start();
    });
    afterEach(() => harness.stop());

    const info = (sequence: number, latest: string | null = null) => ({
      sequence,
      version: 'ports.1',
      latest,
    });
    const bytes = (length: number) => Uint8Array.from({length}, (_, index) => index % 251);

    test('an empty one has none', async () => {
      const snapshots = harness.create();
      expect(await snapshots.list()).toEqual([]);
      expect(await snapshots.get(20_000)).toBeUndefined();
    });

    test('gives back what was put, whoever put it, in order of sequence', async () => {
      const snapshots = harness.create();
      const late = info(100_000, '2026-11-22T16:21:30.000Z');
      await snapshots.put(late, bytes(3));
      await snapshots.put(info(20_000), bytes(300_000)); // more than one message of the server
      const other = harness.create();
      expect(await other.list()).toEqual([info(20_000), late]);
      expect(Buffer.from((await other.get(20_000)) ?? []).equals(bytes(300_000))).toBe(true);
      expect(await other.get(100_000)).toEqual(bytes(3));
      expect(await other.get(40_000)).toBeUndefined();
    });

    test('keeps the newer one of a sequence', async () => {
      const snapshots = harness.create();
      await snapshots.put(info(20_000), bytes(5));
      await snapshots.put({...info(20_000), version: 'ports.2'}, bytes(7));
      expect(await snapshots.list()).toEqual([{...info(20_000), version: 'ports.2'}]);
      expect(await snapshots.get(20_000)).toEqual(bytes(7));
    });
  });
}
