import {afterEach, beforeEach, expect, test} from 'vitest';

import type {Account, Accounts} from '#contracts/accounts.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

/** A machine on which a test can let people use the leaf. */
export interface AccountsHarness {
  readonly accounts: Accounts;
  /** Who runs the leaf. */
  readonly self: Account;
  /** Makes a person with a login name, who may use root's leaf or not. */
  addPerson(name: string, isPermitted: boolean): Promise<void>;
  stop(): Promise<void>;
}

/** What every list of the people who may use the leaf keeps. */
export function accountsSuite(
  driver: DriverOf<'accounts'>,
  start: () => Promise<AccountsHarness>,
): void {
  describeContract({contract: 'accounts', driver}, () => {
    let harness: AccountsHarness;
    const names = () => harness.accounts.permitted().map(({name}) => name);

    beforeEach(async () => {
      harness = await start();
    });
    afterEach(() => harness.stop());

    test('whoever runs the leaf may use it', () => {
      expect(harness.accounts.permitted()).toEqual([harness.self]);
    });

    test("of root's leaf those who are permitted may, from then on", async ({skip}) => {
      if (harness.self.uid !== 0) skip('not root: only oneself may');
      await harness.addPerson('cim-anna', true);
      await harness.addPerson('cim-ben', false);
      expect(names()).toEqual([harness.self.name, 'cim-anna']);
      await harness.addPerson('cim-carla', true);
      expect(names()).toEqual([harness.self.name, 'cim-anna', 'cim-carla']);
      for (const {uid, gid} of harness.accounts.permitted().slice(1)) {
        expect(uid).toBeGreaterThan(0);
        expect(gid).toBeGreaterThan(0);
      }
    });
  });
}
