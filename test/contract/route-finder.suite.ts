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

    test.each(['', 'a.example', '-4', 'fe80::1%eth0; true', '::ffff:999.1.1.1'])(
      'finds no way to %j',
      async (address) => {
        expect(await to(address)).toBeNull();
      },
    );
  });
}
