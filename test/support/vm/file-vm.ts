import {afterEach} from 'vitest';

import {provideForFile} from '#test/support/tiers/tier-file.ts';
import {openVm, type Vm} from './vm.ts';
import {provideWarm} from './warm.ts';

/** A way to a fresh virtual machine for each test of a file; where there can be none they skip. */
export function vmsForFile(): () => Promise<Vm> {
  const open: Vm[] = [];
  const ground = provideForFile('vm', () => provideWarm());
  afterEach(async () => {
    for (const vm of open.splice(0)) await vm.stop();
  });
  return async () => {
    const vm = await openVm(ground());
    open.push(vm);
    return vm;
  };
}
