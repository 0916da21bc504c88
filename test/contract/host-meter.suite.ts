import {expect, test} from 'vitest';

import type {HostMeter} from '#contracts/host-meter.ts';
import {isCimError} from '#domain/errors.ts';
import {HostMetrics} from '#domain/leaf/host-metrics.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

export interface MeterHarness {
  create(): HostMeter;
  /** One that cannot measure, where the driver can come to that. */
  createBroken?(): HostMeter;
}

/** What every meter of the machine keeps. */
export function hostMeterSuite(
  driver: DriverOf<'host-meter'>,
  {create, createBroken}: MeterHarness,
): void {
  describeContract({contract: 'host-meter', driver}, () => {
    test('measures what the schema has, and uses no more than is there', async () => {
      const before = Date.now();
      const metrics = await create().read();
      expect(HostMetrics.parse(metrics)).toEqual(metrics);
      expect(metrics.memoryUsedBytes).toBeGreaterThan(0);
      expect(metrics.memoryUsedBytes).toBeLessThan(metrics.memoryBytes);
      expect(metrics.diskUsedBytes).toBeLessThanOrEqual(metrics.diskBytes);
      expect(Date.parse(metrics.seenAt)).toBeGreaterThanOrEqual(before);
    });

    test('measures anew each time', async () => {
      const meter = create();
      const first = await meter.read();
      const second = await meter.read();
      expect(Date.parse(second.seenAt)).toBeGreaterThanOrEqual(Date.parse(first.seenAt));
      expect(second).not.toBe(first);
    });

    if (createBroken !== undefined) {
      test('says so when it cannot measure', async () => {
        const read = createBroken().read();
        await expect(read).rejects.toSatisfy((error) => isCimError(error, 'process-failed'));
      });
    }
  });
}
