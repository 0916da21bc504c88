import {once} from 'node:events';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {expect, onTestFinished, test} from 'vitest';

import {provideBoxRoot} from '#test/support/box/provide.ts';
import {ROOT} from '#test/support/stage.ts';
import {startTied} from '#test/support/tiers/children.ts';
import {listThings} from '#test/support/tiers/leftovers.ts';
import {provideForFile} from '#test/support/tiers/tier-file.ts';
import {until} from '#test/support/until.ts';

provideForFile('box', provideBoxRoot);

test('a runner that is killed leaves no box, no network and no process behind', async () => {
  const host = startTied(process.execPath, [join(ROOT, 'test', 'support', 'box', 'box-host.ts')]);
  onTestFinished(() => void host.kill('SIGKILL'));
  if (host.stdout === null) throw new TypeError('the host has no output');
  const [line] = await once(createInterface({input: host.stdout}), 'line', {
    signal: AbortSignal.timeout(60_000),
  });
  const {leader, namespace} = JSON.parse(String(line));
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

  host.kill('SIGKILL');
  await once(host, 'close');
  expect(await until(left, (things) => things.length === 0, 20_000)).toEqual([]);
});
