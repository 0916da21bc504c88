import {afterEach, beforeEach, expect, test} from 'vitest';

import {type HeldLease, LEASE_RENEW_MS, type Lease} from '#contracts/lease.ts';
import type {MemoryClock} from '#drivers/memory/clock.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

/** Agents that want the same lease. Each renews by its own clock, which only the test turns. */
export interface LeaseHarness {
  createAgent(): Promise<{readonly lease: Lease; readonly clock: MemoryClock}>;
  /** Takes the lease once it has run out, its holder being dead. */
  outwait(agent: {readonly lease: Lease; readonly clock: MemoryClock}): Promise<HeldLease>;
  stop(): Promise<void>;
}

const ignore = () => undefined;

/** What every lease keeps. */
export function leaseSuite(driver: DriverOf<'lease'>, start: () => Promise<LeaseHarness>): void {
  describeContract({contract: 'lease', driver}, () => {
    let harness: LeaseHarness;

    beforeEach(async () => {
      harness = await start();
    });
    afterEach(() => harness.stop());

    test('one holds it, and another may when it was given back, in a higher epoch', async () => {
      const [anna, bert] = [await harness.createAgent(), await harness.createAgent()];
      const first = await anna.lease.acquire('anna', ignore);
      expect(first?.epoch).toBeGreaterThan(0);
      expect(await bert.lease.acquire('bert', ignore)).toBeUndefined();
      await first?.release();
      const second = await bert.lease.acquire('bert', ignore);
      expect(second?.epoch).toBeGreaterThan(first?.epoch ?? Number.POSITIVE_INFINITY);
      expect(await anna.lease.acquire('anna', ignore)).toBeUndefined();
      await second?.release();
    });

    test('a holder that renews keeps it', async () => {
      const [anna, bert] = [await harness.createAgent(), await harness.createAgent()];
      const lost: string[] = [];
      const held = await anna.lease.acquire('anna', (reason) => lost.push(reason));
      for (let time = 0; time < 5; time += 1) {
        await anna.clock.turn(LEASE_RENEW_MS);
      }
      expect(await bert.lease.acquire('bert', ignore)).toBeUndefined();
      expect(lost).toEqual([]);
      await held?.release();
    });

    test('a dead holder loses it to another, and hears so once when it wakes', async () => {
      const [anna, bert] = [await harness.createAgent(), await harness.createAgent()];
      const reasons: string[] = [];
      const lost = Promise.withResolvers<void>();
      const first = await anna.lease.acquire('anna', (reason) => {
        reasons.push(reason);
        lost.resolve();
      });
      const second = await harness.outwait(bert);
      expect(second.epoch).toBeGreaterThan(first?.epoch ?? Number.POSITIVE_INFINITY);
      await anna.clock.turn(LEASE_RENEW_MS);
      await lost.promise;
      await anna.clock.turn(5 * LEASE_RENEW_MS);
      expect(reasons).toHaveLength(1);
      await first?.release();
      const third = await harness.createAgent();
      expect(await third.lease.acquire('third', ignore)).toBeUndefined();
      await second.release();
    });

    test('one that gave it back is told nothing', async () => {
      const [anna, bert] = [await harness.createAgent(), await harness.createAgent()];
      const reasons: string[] = [];
      const held = await anna.lease.acquire('anna', (reason) => reasons.push(reason));
      await held?.release();
      const next = await bert.lease.acquire('bert', ignore);
      await anna.clock.turn(5 * LEASE_RENEW_MS);
      expect(reasons).toEqual([]);
      await next?.release();
    });
  });
}
