import {expect, test} from 'vitest';

import type {IdSource} from '#contracts/ids.ts';
import {DeviceId, isMessageId} from '#domain/ids.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

const COUNT = 1000;

/** What every source of ids keeps. */
export function idSourceSuite(driver: DriverOf<'id-source'>, create: () => IdSource): void {
  describeContract({contract: 'id-source', driver}, () => {
    test('gives messages a UUID of version 7, and no two the same', () => {
      const source = create();
      const ids = Array.from({length: COUNT}, () => source.messageId());
      expect(ids.every(isMessageId)).toBe(true);
      expect(ids.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/.test(id))).toEqual(
        [],
      );
      expect(new Set(ids).size).toBe(COUNT);
    });

    test('gives devices ids of the shape of the wire, and no two the same', () => {
      const source = create();
      const ids = Array.from({length: COUNT}, () => source.deviceId());
      expect(ids.map((id) => DeviceId.parse(id))).toEqual(ids);
      expect(new Set(ids).size).toBe(COUNT);
    });
  });
}
