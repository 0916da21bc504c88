import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';

import {createUdevDatabase} from '#drivers/udev/database.ts';
import {createSysfs} from '#drivers/udev/sysfs.ts';

const XHCI = '/devices/pci0000:00/0000:00:14.0';
const NVME = '/devices/pci0000:00/0000:00:1d.0/nvme/nvme1/nvme0c1n1';
const database = createUdevDatabase({isAlive: false, isSameNetwork: false});

let root: string;

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), {recursive: true});
  writeFileSync(join(root, path), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cim-sysfs-'));
  const port = `${XHCI}/usb2/2-0:1.0/usb2-port1`;
  write(`${port}/uevent`, '');
  write(`${port}/connect_type`, 'hotplug\n');
  symlinkSync('../../../usb1/1-0:1.0/usb1-port1', join(root, port, 'peer'));
  write(`${XHCI}/uevent`, 'DRIVER=xhci_hcd\nPCI_ID=8086:A36D\n');
  write(`${XHCI}/vendor`, '0x8086\n');
  symlinkSync('../../../bus/pci', join(root, XHCI, 'subsystem'));
  write(`${XHCI}/power/uevent`, 'NOT=read\n');
  write(`${NVME}/uevent`, 'DEVTYPE=disk\n');
  symlinkSync('../../../../../../class/block', join(root, NVME, 'subsystem'));
  write('/devices/virtual/tty/tty1/uevent', 'DEVNAME=tty1\n');
  write('/devices/virtual/net/br0/uevent', 'DEVTYPE=bridge\nINTERFACE=br0\nIFINDEX=7\n');
  write('/devices/virtual/net/br0/address', '4a:07:04:99:98:c8\n');
  symlinkSync('../../../../class/net', join(root, '/devices/virtual/net/br0/subsystem'));
});
afterEach(() => rmSync(root, {recursive: true}));

test('reads devices with what counts of them, and nothing else', async () => {
  const devices = await createSysfs(root).readAll(database, async () => {});
  expect(devices.map(({devpath}) => devpath).toSorted()).toEqual([
    XHCI,
    `${XHCI}/usb2/2-0:1.0/usb2-port1`,
    NVME,
    '/devices/virtual/net/br0',
  ]);
});

test('a connector tells whether something is in it, a chip of sensors its name', () => {
  const connector = `${XHCI}/drm/card0/card0-HDMI-A-1`;
  write(`${connector}/uevent`, 'DEVTYPE=drm_connector\n');
  write(`${connector}/status`, 'connected\n');
  symlinkSync('../../../../../../class/drm', join(root, connector, 'subsystem'));
  const chip = '/devices/platform/coretemp.0/hwmon/hwmon3';
  write(`${chip}/uevent`, '');
  write(`${chip}/name`, 'coretemp\n');
  symlinkSync('../../../../../class/hwmon', join(root, chip, 'subsystem'));
  const sysfs = createSysfs(root);
  expect(sysfs.read(connector, database)).toMatchObject([
    {subsystem: 'drm', devtype: 'drm_connector', attributes: {status: 'connected'}},
  ]);
  expect(sysfs.read(chip, database)).toMatchObject([
    {subsystem: 'hwmon', attributes: {name: 'coretemp'}},
  ]);
});

test('links between devices are devpaths', () => {
  const [port] = createSysfs(root).read(`${XHCI}/usb2`, database);
  expect(port).toMatchObject({
    devtype: 'usb_port',
    attributes: {connect_type: 'hotplug'},
    references: {peer: `${XHCI}/usb1/1-0:1.0/usb1-port1`},
  });
});

test('an interface has its index, a path to a disk the node of the disk', () => {
  const sysfs = createSysfs(root);
  expect(sysfs.read('/devices/virtual/net/br0', database)).toMatchObject([
    {subsystem: 'net', ifindex: 7, attributes: {address: '4a:07:04:99:98:c8'}},
  ]);
  expect(sysfs.read(NVME, database)).toMatchObject([{subsystem: 'block', node: '/dev/nvme0n1'}]);
});

test('what is gone or of no interest is empty', () => {
  const sysfs = createSysfs(root);
  expect(sysfs.read('/devices/virtual/net/br1', database)).toEqual([]);
  expect(sysfs.read('/devices/virtual/tty/tty1', database)).toEqual([]);
  expect(sysfs.read('/devices/system/cpu/cpu0', database)).toEqual([]);
});

test('a sysfs without devices is no machine from which all have gone', async () => {
  const read = createSysfs(join(root, 'none')).readAll(database, async () => {});
  await expect(read).rejects.toThrow('there is nothing');
});

test('what would ask a battery is not read, and the battery is there all the same', () => {
  const battery = `${XHCI}/usb1/1-2/1-2:1.0/0003:046D:C548.0001/power_supply/hidpp_battery_0`;
  // A pipe without a writer: whoever opens it to read stands still.
  mkdirSync(join(root, battery), {recursive: true});
  execFileSync('mkfifo', [join(root, battery, 'uevent')]);
  symlinkSync('../../../../../../../../../class/power_supply', join(root, battery, 'subsystem'));
  expect(createSysfs(root).read(battery, database)).toMatchObject([
    {devpath: battery, subsystem: 'power_supply', properties: {}, attributes: {}},
  ]);
});
