import fc from 'fast-check';
import {describe, expect, test} from 'vitest';

import type {KernelDevice} from '#domain/kernel-device.ts';
import {positionOf} from '#domain/port/position.ts';
import {bareDevice} from '#test/support/bare-device.ts';
import {FIXTURES, loadFixture, observe} from '#test/support/hardware.ts';
import {renumbered, withoutSerialBase} from '#test/support/renumber.ts';

const positionIn = (devices: readonly KernelDevice[], devpath: string): string => {
  const byPath = new Map(devices.map((device) => [device.devpath, device]));
  return positionOf(devpath, (path) => byPath.get(path));
};

const BOX = [...loadFixture('edge-box'), ...loadFixture('hub-1-1'), ...loadFixture('disk-2-2.4')];
const XHCI = '/devices/pci0000:00/0000:00:14.0';

describe('position', () => {
  test.each([
    ['/devices/pci0000:00/0000:00:1c.0/0000:01:00.0/net/eth0', '0000/1c.0/00.0'],
    ['/devices/pci0000:00/0000:00:1d.0/0000:02:00.0/nvme/nvme0/nvme0n1', '0000/1d.0/00.0/ns1'],
    ['/devices/pnp0/00:03/00:03:0/00:03:0.0/tty/ttyS0', 'PNP0501-1'],
    ['/devices/platform/i8042/serio0/input/input3/event2', 'i8042/i8042-kbd-port'],
    ['/devices/LNXSYSTM:00/LNXPWRBN:00/input/input0', 'LNXPWRBN'],
    ['/devices/virtual/net/br0', 'virtual/net/br0'],
    [`${XHCI}/usb1/1-1/1-1:1.0`, '0000/14.0/usb/1:1.0'],
    [`${XHCI}/usb1/1-0:1.0/usb1-port3`, '0000/14.0/usb/3'],
  ])('%s sits in %s', (devpath, position) => {
    expect(positionIn(BOX, devpath)).toBe(position);
  });

  test('a SATA disk sits at the port of its controller, not at the counted one', () => {
    const disk = '/devices/pci0000:00/0000:00:17.0/ata3/host2/target2:0:0/2:0:0:0';
    expect(positionIn(BOX, disk)).toBe('0000/17.0/ata1/0:0');
  });

  test('both speeds of a socket that the firmware joins are one position', () => {
    expect(positionIn(BOX, `${XHCI}/usb2/2-2`)).toBe('0000/14.0/usb/1');
    expect(positionIn(BOX, `${XHCI}/usb1/1-1`)).toBe('0000/14.0/usb/1');
    expect(positionIn(BOX, `${XHCI}/usb2/2-2/2-2.4/2-2.4:1.0`)).toBe('0000/14.0/usb/1.4:1.0');
  });

  test('a faster socket that is joined with none stays apart', () => {
    expect(positionIn(BOX, `${XHCI}/usb2/2-3`)).toBe('0000/14.0/usb3/3');
  });

  test.each([
    [
      '/devices/platform/scb/fd500000.pcie/pci0000:00/0000:00:00.0/0000:01:00.0/usb1/1-1',
      'fd500000.pcie/pci/00.0/00.0/usb/1',
    ],
    [
      '/devices/platform/soc/fe340000.mmc/mmc_host/mmc0/mmc0:aaaa/block/mmcblk0',
      'fe340000.mmc/mmc',
    ],
    ['/devices/platform/soc/fe201000.serial/tty/ttyAMA0', 'fe201000.serial'],
    [
      '/devices/pci0000:00/0000:00:0e.0/pci10000:e0/10000:e0:06.0/10000:e1:00.0',
      '0000/0e.0/pci/06.0/00.0',
    ],
    ['/devices/pci0000:80/0000:80:01.0', '0000@80/01.0'],
    [
      '/devices/pci0000:00/0000:00:15.0/i2c_designware.0/i2c-1/1-0015',
      '0000/15.0/i2c_designware.0/i2c/0015',
    ],
    [
      '/devices/platform/xhci-hcd.1.auto/usb3/3-2/3-2:1.1/0003:046D:C52B.0007/input/input12',
      'xhci-hcd/usb/2:1.1',
    ],
    [
      '/devices/pci0000:00/0000:00:01.0/0000:01:00.0/host0/port-0:3/end_device-0:3/target0:0:3/0:0:3:0',
      '0000/01.0/00.0/port3/3:0',
    ],
    ['/devices/pci0000:00/0000:00:02.0/virtio1/block/vda', '0000/02.0'],
  ])('%s sits in %s, without any other device known', (devpath, position) => {
    expect(positionIn([], devpath)).toBe(position);
  });

  test('a further PCI root goes by the path that the firmware gives it', () => {
    const root = bareDevice('/devices/pci0000:80', {references: {firmware: '\\_SB_.PC01'}});
    expect(positionIn([root], '/devices/pci0000:80/0000:80:01.0')).toBe('0000@_SB_.PC01/01.0');
  });

  test('a virtual function goes by its distance from the physical one', () => {
    const port = '/devices/pci0000:00/0000:00:03.0';
    const vf = bareDevice(`${port}/0000:04:10.1`, {references: {physfn: `${port}/0000:03:00.0`}});
    const other = bareDevice(`${port}/0000:03:10.1`, {
      references: {physfn: `${port}/0000:03:00.0`},
    });
    expect(positionIn([vf], vf.devpath)).toBe('0000/03.0/00.0/vf385');
    expect(positionIn([other], other.devpath)).toBe('0000/03.0/00.0/vf129');
  });

  test('the sockets of a card with several go by dev_port', () => {
    const net = bareDevice('/devices/pci0000:00/0000:00:01.0/net/eth1', {
      attributes: {dev_port: '1'},
    });
    expect(positionIn([net], net.devpath)).toBe('0000/01.0/port1');
  });

  test('any path has one, and nothing is thrown', () => {
    const segment = fc.oneof(
      fc.string(),
      fc.constantFrom('usb1', '1-2', '1-2:1.0', 'virtual', 'net'),
    );
    fc.assert(
      fc.property(fc.array(segment), (segments) => {
        expect(typeof positionIn([], `/devices/${segments.join('/')}`)).toBe('string');
      }),
    );
  });
});

/** A machine in which no two texts fill the same socket. */
const devices = FIXTURES.filter((name) => name !== 'clone-1-3' && name !== 'lte-stick-1-3')
  .filter((name) => name !== 'ftdi-1-1.3' && name !== 'card-reader-1-4')
  .flatMap(loadFixture);

/** Functions by position, as `class suffix`. */
const functionsOf = (machine: readonly KernelDevice[]) =>
  [...observe(machine).devices]
    .map(([position, {description}]) => [
      position,
      ...description.functions.map(({class: name, id}) => `${name} ${id}`),
    ])
    .toSorted();

test('renumbering gives the same functions in the same places', () => {
  const before = functionsOf(devices);
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.nat(40)), fc.nat(40), (offsets, usual) => {
      const moved = devices.map((device) => renumbered(device, (kind) => offsets[kind] ?? usual));
      expect(functionsOf(moved)).toEqual(before);
    }),
  );
});

test('a kernel without layers for the serial core gives the same functions in the same places', () => {
  expect(functionsOf(withoutSerialBase(devices))).toEqual(functionsOf(devices));
});

test('renumbering gives the same positions', () => {
  const before = devices.map(({devpath}) => positionIn(devices, devpath));
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.nat(40)), fc.nat(40), (offsets, usual) => {
      const by = (kind: string) => offsets[kind] ?? usual;
      const moved = devices.map((device) => renumbered(device, by));
      expect(moved.map(({devpath}) => positionIn(moved, devpath))).toEqual(before);
    }),
  );
});

test('no two devices of one picture share a position', () => {
  fc.assert(
    fc.property(fc.subarray([...FIXTURES]), (names) => {
      const {devices, ports} = observe(names.flatMap(loadFixture));
      const paths = [...devices.values()].flatMap(({devpaths}) => devpaths);
      expect(new Set(paths).size).toBe(paths.length);
      expect([...devices.keys()].every((position) => ports.has(position))).toBe(true);
    }),
  );
});
