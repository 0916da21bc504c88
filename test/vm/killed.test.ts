import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {expect, onTestFinished, test} from 'vitest';

import {ROOT} from '#test/support/stage.ts';
import {startTied} from '#test/support/tiers/children.ts';
import {listThings} from '#test/support/tiers/leftovers.ts';
import {provideForFile} from '#test/support/tiers/tier-file.ts';
import {until} from '#test/support/until.ts';
import {provideWarm} from '#test/support/vm/warm.ts';

provideForFile('vm', provideWarm);

test('a runner that is killed leaves no guest and no folder behind', async () => {
  const host = startTied(process.execPath, [join(ROOT, 'test', 'support', 'vm', 'vm-host.ts')]);
  onTestFinished(() => void host.kill('SIGKILL'));
  if (host.stdout === null) throw new TypeError('the host has no output');
  const [line] = await once(createInterface({input: host.stdout}), 'line', {
    signal: AbortSignal.timeout(60_000),
  });
  const folder: unknown = JSON.parse(String(line)).folder;
  const left = () => listThings().filter((thing) => thing.includes(String(folder)));
  expect(left().length).toBeGreaterThan(0);
  expect(existsSync(String(folder))).toBe(true);

  host.kill('SIGKILL');
  await once(host, 'close');
  expect(await until(left, (things) => things.length === 0, 20_000)).toEqual([]);
  const isThere = () => existsSync(String(folder));
  expect(await until(isThere, (answer) => !answer, 20_000)).toBe(false);
});
