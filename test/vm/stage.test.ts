import {expect, test} from 'vitest';

import {vmsForFile} from '#test/support/vm/file-vm.ts';

const openVm = vmsForFile();

test('a copy of a guest has the time of now and a random pool of its own', async () => {
  const drawn: string[] = [];
  const events: string[] = [];
  for (const serial of ['A1', 'A2']) {
    const vm = await openVm();
    const [now = '', uuid = ''] = (
      await vm.ask('date +%s.%N; cat /proc/sys/kernel/random/uuid')
    ).split('\n');
    expect(Math.abs(Number(now) * 1000 - Date.now())).toBeLessThan(10_000);
    drawn.push(uuid);
    await vm.plug({driver: 'usb-serial', port: '2', serial});
    await vm.ports.find((text) => text.includes(`"serial":"${serial}"`));
    const added = (await vm.json('event', 'list')).filter(
      ({type, time}) =>
        type === 'cim.device.added.v1' && Date.parse(String(time)) > Date.now() - 60_000,
    );
    expect(added).toHaveLength(1);
    events.push(...added.map(({id}) => String(id)), ...added.map(({subject}) => String(subject)));
    await vm.stop();
  }
  expect(new Set(drawn).size).toBe(2);
  expect(new Set(events).size).toBe(4);
});

test('what was done in one guest is not in the next', async () => {
  const first = await openVm();
  await first.ask('touch /root/mark && sync');
  await first.json('leaf', 'label', 'marked');
  await first.stop();
  const second = await openVm();
  expect((await second.run('test -e /root/mark')).code).toBe(1);
  expect(await second.json('leaf', 'show')).toMatchObject([{label: null}]);
});

test('a copy goes on where the guest was kept, and says how soon', async () => {
  const boots: string[] = [];
  for (const _ of [1, 2]) {
    const begun = performance.now();
    const vm = await openVm();
    const ms = Math.round(performance.now() - begun);
    process.stdout.write(
      `a copy of the guest runs, with clock and random pool of its own, after ${ms} ms\n`,
    );
    boots.push(await vm.ask('cat /proc/sys/kernel/random/boot_id; pidof nats-server'));
    await vm.stop();
  }
  expect(boots[0]).toBe(boots[1]);
});
