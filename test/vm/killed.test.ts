import {existsSync} from 'node:fs';
import {expect, test} from 'vitest';

import {startDoomed} from '#test/support/tiers/doomed.ts';
import {listThings} from '#test/support/tiers/leftovers.ts';
import {provideForFile} from '#test/support/tiers/tier-file.ts';
import {until} from '#test/support/until.ts';
import {provideWarm} from '#test/support/vm/warm.ts';

provideForFile('vm', provideWarm);

test('a runner that is killed leaves no guest and no folder behind', async () => {
  const host = await startDoomed('vm/vm-host.ts');
  const folder = String(host.told.folder);
  const left = () => listThings().filter((thing) => thing.includes(folder));
  expect(left().length).toBeGreaterThan(0);
  expect(existsSync(folder)).toBe(true);

  await host.kill();
  expect(await until(left, (things) => things.length === 0, 20_000)).toEqual([]);
  const isThere = () => existsSync(folder);
  expect(await until(isThere, (answer) => !answer, 20_000)).toBe(false);
});
