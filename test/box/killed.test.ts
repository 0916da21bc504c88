import {expect, test} from 'vitest';

import {provideBoxRoot} from '#test/support/box/provide.ts';
import {startDoomed} from '#test/support/tiers/doomed.ts';
import {listThings} from '#test/support/tiers/leftovers.ts';
import {provideForFile} from '#test/support/tiers/tier-file.ts';
import {until} from '#test/support/until.ts';

provideForFile('box', provideBoxRoot);

test('a runner that is killed leaves no box, no network and no process behind', async () => {
  const host = await startDoomed('box/box-host.ts');
  const {leader, namespace} = host.told;
  const name = String(namespace).split('/').at(-1);
  const mark = `cim-doomed-${host.pid}`;
  const left = () =>
    listThings().filter(
      (thing) =>
        thing.includes(mark) ||
        thing === `namespace ${name}` ||
        thing.includes(`/run/netns/${name}`) ||
        thing.startsWith(`process ${leader} `),
    );
  const kinds = new Set(left().map((thing) => thing.split(' ')[0]));
  expect([...kinds].sort()).toEqual(['cgroup', 'mount', 'namespace', 'process']);

  await host.kill();
  expect(await until(left, (things) => things.length === 0, 20_000)).toEqual([]);
});
