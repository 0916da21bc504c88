import {describe, expect, test} from 'vitest';

import {positionOf} from '#domain/port/position.ts';
import {fits} from '#drivers/memory/role-links.ts';
import {patternBelow, patternOf} from '#services/role/device-pattern.ts';
import {FIXTURES, loadFixture} from '#test/support/hardware.ts';

const XHCI = '/devices/pci0000:00/0000:00:14.0';
const ADAPTER = `${XHCI}/usb1/1-3/1-3:1.0/ttyUSB0/tty/ttyUSB0`;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

describe('the pattern of a devpath', () => {
  test.each([
    [ADAPTER, `${XHCI}/usb7/7-3/7-3:1.0/ttyUSB12/tty/ttyUSB12`, true],
    [ADAPTER, `${XHCI}/usb1/1-4/1-4:1.0/ttyUSB0/tty/ttyUSB0`, false],
    [ADAPTER, `${XHCI}/usb1/1-3/1-3.3/1-3.3:1.0/ttyUSB0/tty/ttyUSB0`, false],
    [ADAPTER, `${XHCI}/usb1/1-3/1-3:1.2/ttyUSB0/tty/ttyUSB0`, false],
    [ADAPTER, '/devices/pci0000:00/0000:00:15.0/usb1/1-3/1-3:1.0/ttyUSB0/tty/ttyUSB0', false],
    [
      '/devices/pci0000:00/0000:00:1d.0/0000:02:00.0/nvme/nvme0/nvme0n1',
      '/devices/pci0000:00/0000:00:1d.0/0000:3a:00.0/nvme/nvme1/nvme1n1',
      true,
    ],
    [
      '/devices/pci0000:00/0000:00:1f.3/sound/card0/pcmC0D0p',
      '/devices/pci0000:00/0000:00:1f.3/sound/card2/pcmC2D3p',
      false,
    ],
    ['/devices/pnp0/00:03/tty/ttyS0', '/devices/pnp0/00:03/tty/ttyS1', false],
    ['/devices/virtual/block/loop6', '/devices/virtual/block/loop7', false],
  ])('of %s takes %s: %s', (devpath, other, isTaken) => {
    expect(fits(patternOf(devpath), devpath)).toBe(true);
    expect(fits(patternOf(devpath), other)).toBe(isTaken);
  });

  test('below a unit counts how it hangs there, and not where the unit sits', () => {
    const pattern = patternBelow(ADAPTER, `${XHCI}/usb1/1-3`);
    expect(fits(pattern, ADAPTER)).toBe(true);
    expect(fits(pattern, `${XHCI}/usb2/2-7/2-7.4/2-7.4:1.0/ttyUSB3/tty/ttyUSB3`)).toBe(true);
    expect(fits(pattern, `${XHCI}/usb2/2-7/2-7:1.2/ttyUSB3/tty/ttyUSB3`)).toBe(false);
  });

  test.each(FIXTURES)('in %s takes no node of another place', (name) => {
    const devices = loadFixture(name);
    const byPath = new Map(devices.map((device) => [device.devpath, device]));
    const placeOf = (devpath: string) => positionOf(devpath, (path) => byPath.get(path));
    const nodes = devices.filter(({node, devpath}) => node !== null && !/\/usb\d+$/.test(devpath));
    const alike = nodes.flatMap(({devpath, subsystem, devtype}) =>
      nodes
        .filter(
          (other) =>
            other.subsystem === subsystem &&
            other.devtype === devtype &&
            fits(nameOf(patternOf(devpath)), nameOf(other.devpath)) &&
            fits(patternOf(devpath), other.devpath),
        )
        .map((other) => [placeOf(devpath), placeOf(other.devpath)]),
    );
    expect(alike.filter(([one, other]) => one !== other)).toEqual([]);
  });
});
