import {afterEach, beforeEach, expect, test} from 'vitest';

import type {StateRows} from '#contracts/state-rows.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

/** Rows of state, as several may use them. */
export interface StateRowsHarness {
  create(): StateRows;
  stop(): Promise<void>;
}

/** What all rows of state keep. */
export function stateRowsSuite(
  driver: DriverOf<'state-rows'>,
  start: () => Promise<StateRowsHarness>,
): void {
  describeContract({contract: 'state-rows', driver}, () => {
    let harness: StateRowsHarness;
    beforeEach(async () => {
      harness = await start();
    });
    afterEach(() => harness.stop());
    const bytes = (text: string) => new TextEncoder().encode(text);

    test('there are none at first', async () => {
      const rows = harness.create();
      expect(await rows.keys()).toEqual([]);
      expect(await rows.get('port.usb-1')).toBeUndefined();
      await rows.remove('port.usb-1');
    });

    test('the last value of a key is there for everybody', async () => {
      const rows = harness.create();
      await rows.put('port.usb-1', bytes('a'));
      await rows.put('port.usb-1', bytes('b'));
      // The token of an id with a dot: `role.gate.1`.
      await rows.put('role.gate=002e1', bytes('c'));
      const other = harness.create();
      expect(await other.get('port.usb-1')).toEqual(bytes('b'));
      expect((await other.keys()).toSorted()).toEqual(['port.usb-1', 'role.gate=002e1']);
    });

    test('what is removed is gone', async () => {
      const rows = harness.create();
      await rows.put('port.usb-1', bytes('a'));
      await rows.remove('port.usb-1');
      expect(await rows.get('port.usb-1')).toBeUndefined();
      expect(await rows.keys()).toEqual([]);
    });
  });
}
