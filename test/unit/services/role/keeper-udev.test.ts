import {afterEach, expect, test} from 'vitest';

import type {LinkRule, RoleLinks} from '#contracts/role-links.ts';
import type {KernelDevice} from '#domain/kernel-device.ts';
import {loadFixture} from '#test/support/hardware.ts';
import {openRoleBench, type RoleBench} from '#test/support/role-bench.ts';

const SCALE = loadFixture('ftdi-1-3');
const SCANNER = loadFixture('scanner-1-8').map((device) =>
  device.devtype === 'usb_device'
    ? {...device, attributes: {...device.attributes, serial: 'SCAN0001'}}
    : device,
);
/** The same serial in another socket. */
const CLONE: readonly KernelDevice[] = SCANNER.map((device) => ({
  ...device,
  devpath: device.devpath
    .replaceAll('1-8', '1-4')
    .replace(/input\d+/, 'input77')
    .replace(/event\d+/, 'event77')
    .replace(/hidraw\d+/, 'hidraw77'),
  node: device.node?.replace(/\d+$/, '77') ?? null,
  references: {},
}));

let bench: RoleBench;
afterEach(() => bench.stop());

test('what udev does not put right is tried later and later, whatever udev answers', async () => {
  let count = 0;
  bench = await openRoleBench((own) => ({
    ...own,
    async trigger(devpaths) {
      count += 1;
      for (const devpath of devpaths) {
        const uevent = {source: 'udev', action: 'change', devpath, subsystem: 'tty'} as const;
        bench.monitor.notice({
          kind: 'uevent',
          uevent: {...uevent, seqnum: null, monotonicMs: 0, properties: {}} as never,
        });
      }
    },
  }));
  await bench.plug(SCALE);
  await bench.wish('bind', 'scale', {port: '1-3'});
  for (let second = 0; second < 120; second += 1) {
    await bench.clock.turn(1000);
  }
  expect(count).toBeGreaterThan(2);
  expect(count).toBeLessThan(12);
});

test('rules that an agent before has left are taken back, though no role is bound', async () => {
  const written: (readonly LinkRule[])[] = [];
  bench = await openRoleBench((own) => ({
    ...own,
    isWritten: () => written.length === 0,
    async write(rules, signal) {
      written.push(rules);
      await own.write(rules, signal);
    },
  }));
  await bench.clock.turn(1000);
  expect(written).toEqual([[]]);
});

test('a clone of a scanner is heard: only the one with the role is silent', async () => {
  let links: RoleLinks | undefined;
  bench = await openRoleBench((own) => {
    links = own;
    return own;
  });
  await bench.plug(SCANNER);
  const device = (await bench.port('1-8')).device?.id;
  await bench.wish('bind', 'gate', {device});
  const {links: held} = await bench.role('gate');
  const event = held.find(({path}) => path.endsWith('event'))?.node ?? '';
  expect([...(links?.muted() ?? [])]).toEqual([event]);
  bench.monitor.plug(CLONE);
  expect(links?.muted().size).toBe(2);
  await bench.clock.turn(5000);
  await bench.role('gate');
  expect([...(links?.muted() ?? [])]).toEqual([event]);
});

test('a socket of the other speed with the same number is another socket', async () => {
  bench = await openRoleBench();
  await bench.plug(SCALE);
  await bench.wish('bind', 'scale', {port: '1-3'});
  expect(await bench.role('scale')).toMatchObject({links: [{state: 'right'}]});
  await bench.unplug(SCALE);
  bench.monitor.plug(
    SCALE.map((device) => ({
      ...device,
      devpath: device.devpath.replace('/usb1/', '/usb2/').replaceAll('1-3', '2-3'),
      references: {},
    })),
  );
  expect(bench.links()).toEqual([]);
  await bench.clock.turn(3000);
  expect(bench.links()).toEqual([]);
});
