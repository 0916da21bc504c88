import {afterEach, beforeEach, expect, test} from 'vitest';

import type {InterfaceNames} from '#contracts/interface-names.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

/** A machine with two network interfaces that nobody uses. */
export interface InterfaceNamesHarness {
  readonly names: InterfaceNames;
  readonly one: string;
  readonly other: string;
  stop(): Promise<void>;
}

const SIGNAL = new AbortController().signal;

/** What whoever gives interfaces further names keeps. */
export function interfaceNamesSuite(
  options: {readonly driver: DriverOf<'interface-names'>; readonly lack?: string | undefined},
  start: () => Promise<InterfaceNamesHarness>,
): void {
  describeContract({contract: 'interface-names', ...options}, () => {
    let harness: InterfaceNamesHarness;
    beforeEach(async () => {
      harness = await start();
    });
    afterEach(() => harness.stop());

    test('gives an interface a further name, and takes it back', async () => {
      const {names, one} = harness;
      expect(names.limit()).toBe(null);
      await names.add('cim-uplink', one, SIGNAL);
      expect((await names.read(SIGNAL)).get('cim-uplink')).toBe(one);
      await names.drop('cim-uplink', one, SIGNAL);
      expect((await names.read(SIGNAL)).has('cim-uplink')).toBe(false);
      await names.drop('cim-uplink', one, SIGNAL); // nothing, a second time
    });

    test('a name stands for one interface only', async () => {
      const {names, one, other} = harness;
      await names.add('cim-uplink', one, SIGNAL);
      await expect(names.add('cim-uplink', other, SIGNAL)).rejects.toMatchObject({
        code: 'name-taken',
      });
      expect((await names.read(SIGNAL)).get('cim-uplink')).toBe(one);
    });
  });
}
