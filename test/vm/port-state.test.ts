import {expect, test} from 'vitest';

import {until} from '#test/support/until.ts';
import {vmsForFile} from '#test/support/vm/file-vm.ts';
import type {Vm} from '#test/support/vm/vm.ts';

const openVm = vmsForFile();

const row = async (vm: Vm): Promise<Record<string, unknown>> =>
  (await vm.json('port', 'list', '--all')).find(({name}) => name === '1-3') ?? {};
const authorized = async (vm: Vm): Promise<string> =>
  (await vm.ask('cat /sys/bus/usb/devices/1-3/authorized 2>/dev/null || true')).trim();
const hasNode = async (vm: Vm): Promise<boolean> =>
  (await vm.ask('ls /dev/ttyUSB0 2>/dev/null || true')).includes('ttyUSB0');

test('a disabled socket keeps its unit from the kernel, over a replug, until it is enabled', async () => {
  const vm = await openVm();
  const adapter = {driver: 'usb-serial', port: '3', serial: 'A50285BI'} as const;
  const first = await vm.plug(adapter);
  await vm.ports.find((line) => line.includes('A50285BI') && line.includes('/dev/ttyUSB0'));

  await vm.json('port', 'disable', '1-3', '--yes');
  expect(await authorized(vm)).toBe('0');
  expect(await hasNode(vm)).toBe(false);
  expect(await row(vm)).toMatchObject({state: 'disabled', wanted: {enabled: false}});
  await until(
    async () => JSON.stringify(await row(vm)),
    (text) => text.includes('"class":"other"') && !text.includes('ttyUSB'),
  );

  await first.unplug();
  await until(
    () => row(vm),
    ({device}) => device === null,
  );
  expect(await row(vm)).toMatchObject({state: 'disabled'});
  await vm.plug(adapter);
  await until(
    () => authorized(vm),
    (text) => text === '0',
  );
  expect(await hasNode(vm)).toBe(false);

  await vm.json('port', 'enable', '1-3', '--yes');
  expect(await authorized(vm)).toBe('1');
  await until(
    async () => JSON.stringify(await row(vm)),
    (text) => text.includes('/dev/ttyUSB0'),
  );
  expect(await row(vm)).toMatchObject({state: 'present'});
});

test('a line that is set to a speed has it again when its unit comes back', async () => {
  const vm = await openVm();
  const adapter = {driver: 'usb-serial', port: '3', serial: 'A50285BI'} as const;
  const first = await vm.plug(adapter);
  await vm.ports.find((line) => line.includes('A50285BI') && line.includes('/dev/ttyUSB0'));
  await vm.json('port', 'set', '1-3', '--baud', '57600', '--yes');
  const speed = async (): Promise<string> =>
    (await vm.ask('stty -F /dev/ttyUSB0 speed 2>/dev/null || true')).trim();
  expect(await speed()).toBe('57600');
  // At once: the kernel's records of both may be read in one breath.
  await first.unplug();
  await vm.plug(adapter);
  await until(speed, (text) => text === '57600');
});

test('a network adapter that is disabled goes with its interface, and comes back', async () => {
  const vm = await openVm();
  await vm.plug({driver: 'usb-net', port: '3', serial: 'NET0001'});
  const hasInterface = (found: Record<string, unknown>): boolean =>
    JSON.stringify(found).includes('"interface":"en');
  await until(() => row(vm), hasInterface);
  const [disabled] = await vm.json('port', 'disable', '1-3', '--yes');
  expect(disabled).toMatchObject({ok: true});
  expect(await authorized(vm)).toBe('0');
  expect(await row(vm)).toMatchObject({state: 'disabled', wanted: {enabled: false}, change: null});
  await vm.json('port', 'enable', '1-3', '--yes');
  expect(await authorized(vm)).toBe('1');
  await until(() => row(vm), hasInterface);
});

test('a built-in part is taken from its driver, and given back', async () => {
  const vm = await openVm();
  const bus = async (): Promise<Record<string, unknown>> =>
    (await vm.json('port', 'list', '--all')).find((each) => each.class === 'i2c') ?? {};
  const {id} = await bus();
  expect(id).toEqual(expect.any(String));
  const driver = async (): Promise<string> =>
    (await vm.ask('ls -d /sys/bus/pci/drivers/i801_smbus/0000:* 2>/dev/null || true')).trim();
  expect(await driver()).not.toBe('');

  const [disabled] = await vm.json('port', 'disable', String(id), '--yes');
  expect(disabled).toMatchObject({ok: true});
  expect(await driver()).toBe('');
  expect(await bus()).toMatchObject({id, state: 'disabled', wanted: {enabled: false}});
  const [enabled] = await vm.json('port', 'enable', String(id), '--yes');
  expect(enabled).toMatchObject({ok: true});
  expect(await driver()).not.toBe('');
  // Without i2c-dev it has no node: the function is what tells that the driver is back.
  await until(
    async () => JSON.stringify(await bus()),
    (text) => text.includes('"state":"present"') && text.includes('/i2c@SMBus-I801'),
  );
});
