import {existsSync} from 'node:fs';

import {createProcessRunner} from '#drivers/process/process-runner.ts';
import {createUdevRoleLinks} from '#drivers/udev/role-links.ts';
import {type RoleLinksNode, roleLinksSuite} from '#test/contract/role-links.suite.ts';
import {silentLog} from '#test/support/silent-log.ts';
import {currentStage} from '#test/support/tiers/contract-run.ts';

/** Nodes that every /dev has, so that a link to them leads somewhere: a change of them harms nothing. */
const nodeOf = (name: string): RoleLinksNode => ({
  path: `/dev/${name}`,
  devpath: `/devices/virtual/mem/${name}`,
  subsystem: 'mem',
  devtype: null,
});
const [ONE, OTHER] = [nodeOf('null'), nodeOf('zero')];

/** Only where udevd and /dev are the stage's own: elsewhere links of ours would be in the way. */
function lack(): string | undefined {
  if (currentStage() !== 'box') {
    return 'no udevd of its own here: it runs in the box';
  }
  return [ONE, OTHER].every(({devpath}) => existsSync(`/sys${devpath}`))
    ? undefined
    : 'no /dev/null here';
}

roleLinksSuite({driver: 'udev', lack: lack()}, async () => {
  const runner = createProcessRunner();
  const links = createUdevRoleLinks({runner, log: silentLog});
  const {signal} = new AbortController();
  const settle = async (): Promise<void> => {
    await runner.run('udevadm', ['settle'], {timeoutMs: 30_000});
  };
  return {
    links,
    one: ONE,
    other: OTHER,
    both: '/devices/virtual/mem/[nz][ue][lr][lo]',
    settle,
    async stop() {
      await links.write([], signal);
      await links.trigger([ONE.devpath, OTHER.devpath], signal);
      // What is still on its way would be taken by the rules of the next test.
      await settle();
    },
  };
});
