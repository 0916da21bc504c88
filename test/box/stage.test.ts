import {existsSync} from 'node:fs';
import {expect, test} from 'vitest';

import {boxForFile} from '#test/support/box/file-box.ts';

const box = boxForFile();

test('systemd is PID 1, with udevd, machined and a journal', async () => {
  expect(await box().ask('systemctl', '--failed', '--no-legend')).toBe('');
  expect(await box().ask('ps', '-p', '1', '-o', 'comm=')).toBe('systemd\n');
  expect(await box().ask('systemctl', 'is-active', 'systemd-udevd')).toBe('active\n');
  expect(await box().ask('machinectl', 'list', '--no-legend')).toBe('');
  expect((await box().journal()).length).toBeGreaterThan(20);
});

test('udevd of the box names its own network ports', async () => {
  await box().ask('ip', 'link', 'add', 'cimbox0', 'type', 'bridge');
  await box().ask('udevadm', 'settle', '--timeout=10');
  const told = await box().ask('udevadm', 'info', '--query=property', '/sys/class/net/cimbox0');
  expect(told).toMatch(/^ID_NET_DRIVER=bridge$/m);
  expect(existsSync('/sys/class/net/cimbox0')).toBe(false);
  await box().ask('ip', 'link', 'delete', 'cimbox0');
});
