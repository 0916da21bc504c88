import {expect, test} from 'vitest';

import type {RouteFinder} from '#contracts/route-finder.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

/** What everything that finds ways keeps. */
export function routeFinderSuite(driver: DriverOf<'route-finder'>, finder: RouteFinder): void {
  describeContract({contract: 'route-finder', driver}, () => {
    const to = (address: string) => finder.interfaceTo(address, new AbortController().signal);

    test('finds the loopback for what is here', async () => {
      expect(await to('127.0.0.1')).toBe('lo');
    });

    test('goes by the zone of an address', async () => {
      expect(await to('127.0.0.1%lo')).toBe('lo');
      expect(await to('127.0.0.1%gone0')).toBeNull();
    });

    test.each(['', 'a.example', '-4', 'fe80::1%eth0; true', '::ffff:999.1.1.1'])(
      'finds no way to %j',
      async (address) => {
        expect(await to(address)).toBeNull();
      },
    );
  });
}
