import {expect, test} from 'vitest';

import {until} from '#test/support/until.ts';
import {vmsForFile} from '#test/support/vm/file-vm.ts';
import type {Vm} from '#test/support/vm/vm.ts';

const openVm = vmsForFile();

/** Id of the port with something in it. */
async function portWith(vm: Vm, words: string): Promise<string> {
  const row = await until(
    async () =>
      (await vm.json('port', 'list', '--all')).find((each) => JSON.stringify(each).includes(words)),
    (found) => found !== undefined,
  );
  return String(row?.id);
}

/** Begins to identify a port, and resolves with how to end that. */
async function identify(vm: Vm, port: string): Promise<() => Promise<void>> {
  const [asked] = await vm.json('port', 'identify', port, '--no-wait');
  expect(asked).toMatchObject({ok: true});
  return async () => {
    const [job] = await vm.json('job', 'list');
    expect(job).toMatchObject({state: 'running'});
    await vm.json('job', 'cancel', String(job?.id), '--yes');
  };
}

test('a keyboard blinks with a lamp of its own, which is left as it was', async () => {
  const vm = await openVm();
  await vm.plug({driver: 'usb-kbd', port: '3', serial: 'KBD0001'});
  // Others have lamps of the same names, as the keyboard of the board has.
  const lamps = async (): Promise<string> =>
    (await vm.ask('for lamp in /sys/class/leds/*; do readlink -f $lamp; done | grep /usb || true'))
      .trim()
      .replaceAll('\n', ' ');
  const folders = await until(lamps, (found) => found.split(' ').length === 5);
  const state = () => vm.ask(`for lamp in ${folders}; do cat $lamp/brightness $lamp/trigger; done`);
  const before = await state();
  const port = await portWith(vm, 'KBD0001');

  const end = await identify(vm, port);
  const seen = await vm.ask(`for look in $(seq 60); do
      for lamp in ${folders}; do read -r now <$lamp/brightness; printf %s $now; done
      echo; sleep 0.05
    done`);
  const looks = new Set(seen.trim().split('\n'));
  expect(looks).toContain('00000');
  expect(looks).toContain('11111');
  await end();
  await until(state, (now) => now === before);
});

test('a stick blinks by being read, without a byte written', async () => {
  const vm = await openVm();
  await vm.plug({driver: 'usb-storage', port: '3', serial: 'STICK0001'});
  const port = await portWith(vm, '/dev/sda');
  const counts = async (): Promise<{reads: number; writes: number}> => {
    const [reads = 0, , , , writes = 0] = (await vm.ask('cat /sys/block/sda/stat'))
      .trim()
      .split(/\s+/)
      .map(Number);
    return {reads, writes};
  };
  const before = await counts();
  const end = await identify(vm, port);
  await until(counts, ({reads}) => reads > before.reads + 50);
  await end();
  await until(
    () => vm.ask('cat /sys/block/sda/stat; sleep 1; cat /sys/block/sda/stat'),
    (text) => new Set(text.trim().split(/\n\s*/)).size === 1,
  );
  expect((await counts()).writes).toBe(before.writes);
});
