import {test} from 'vitest';

import {CHECKOUT_IN_BOX, openBox} from '#test/support/box/box.ts';
import {provideBoxRoot} from '#test/support/box/provide.ts';
import {describeOutcomes, runContracts} from '#test/support/tiers/contracts-elsewhere.ts';
import {failIfRequired} from '#test/support/tiers/require-tier.ts';
import type {RunOutcome} from '#test/support/tiers/run-outcome.ts';

/** What asks the system. JetStream would keep its files in memory there: that proves nothing. */
const DRIVERS = [
  'accounts-home',
  'credential-issuer-nats-server',
  'device-monitor-udev',
  'embedded-server-nats-server',
  'host-meter-host',
  'interface-names-rtnetlink',
  'leaf-locator-home',
  'process-runner-process',
  'revert-guard-revert-guard',
  'role-links-udev',
  'route-finder-rtnetlink',
  'usage-reader-procfs',
];

/** Runs before the tests are known, since their names come from there. */
async function runInBox(root: string): Promise<readonly RunOutcome[]> {
  const box = await openBox({root});
  try {
    return await runContracts({...box, stage: 'box', checkout: CHECKOUT_IN_BOX}, DRIVERS);
  } finally {
    await box.stop();
  }
}

const ground = await provideBoxRoot();
if ('lack' in ground) {
  failIfRequired('box', ground.lack);
  test('contract suites run in a box', ({skip}) => skip(ground.lack));
} else {
  describeOutcomes(await runInBox(ground.root));
}
