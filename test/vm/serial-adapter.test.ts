import {expect, test} from 'vitest';

import {vmsForFile} from '#test/support/vm/file-vm.ts';
import {parsePort} from '#test/support/vm/port-line.ts';

const openVm = vmsForFile();

/** After udev's own line, both arriving here. */
const LATEST_MS = 2000;

test('a serial adapter is on the watch and on the screen 2 s after udev at the latest', async () => {
  const vm = await openVm();
  vm.console.press('2');
  await vm.console.shows('1-3');

  const adapter = await vm.plug({driver: 'usb-serial', port: '3', serial: 'A50285BI'});
  const [onScreen, told, line] = await Promise.all([
    vm.console.shows('50285BI'),
    vm.udev.find((text) => /^UDEV .* add .*\/tty\/ttyUSB0 \(tty\)/.test(text)),
    vm.ports.find((text) => text.includes('A50285BI') && text.includes('/dev/ttyUSB0')),
  ]);
  expect(line.at - told.at).toBeLessThan(LATEST_MS);
  expect(onScreen - told.at).toBeLessThan(LATEST_MS);
  const port = parsePort(line.text);
  expect(port).toMatchObject({
    class: 'usb',
    kind: 'socket',
    state: 'present',
    device: {serial: 'A50285BI', identity: 'serial', ids: '0403:6001', driver: 'ftdi_sio'},
  });
  expect(port.device?.vendor).toMatch(/QEMU|Future Technology/);
  expect(port.device?.model).not.toBe(null);
  expect(port.device?.nodes).toEqual(['/dev/ttyUSB0']);
  expect(port.position).toMatch(/\/usb\/3$/);

  const before = vm.udev.lines.length;
  const seen = vm.ports.lines.length;
  await adapter.unplug();
  const [off, goneAt, gone] = await Promise.all([
    vm.console.hides(/1-3 .*50285BI/),
    vm.udev.find((text) => / remove .*\/1-3 \(usb\)/.test(text), {from: before}),
    vm.ports.find((text) => parsePort(text).state === 'absent', {from: seen}),
  ]);
  expect(gone.at - goneAt.at).toBeLessThan(LATEST_MS);
  expect(off - goneAt.at).toBeLessThan(LATEST_MS);
  expect(parsePort(gone.text)).toMatchObject({id: port.id, state: 'absent', device: null});
});

test('the socket was a port while it was empty, and is one at both speeds', async () => {
  const vm = await openVm();
  const sockets = (await vm.json('port', 'list', '--all')).filter(({kind}) => kind === 'socket');
  expect(sockets.length).toBe(8);
  expect(sockets.every(({state}) => state === 'absent')).toBe(true);

  const stick = await vm.plug({driver: 'usb-storage', port: '5', serial: '4C530001'});
  const fast = parsePort((await vm.ports.find((text) => text.includes('4C530001'))).text);
  await stick.unplug();
  await vm.ports.find((text) => parsePort(text).state === 'absent');
  await vm.plug({driver: 'usb-serial', port: '5', serial: 'A9XY01QK'});
  const slow = parsePort((await vm.ports.find((text) => text.includes('A9XY01QK'))).text);

  expect(slow.id).toBe(fast.id);
  const speeds = await vm.ask('cat /sys/bus/usb/devices/[12]-5/speed 2>/dev/null || true');
  expect(speeds).toBe('12\n');
  const now = (await vm.json('port', 'list', '--all')).filter(({kind}) => kind === 'socket');
  expect(now.map(({id}) => id).sort()).toEqual(sockets.map(({id}) => id).sort());
});
