import {expect, test} from 'vitest';

import {parseUmockdev} from '#drivers/recording/umockdev.ts';

const TEXT = `P: /devices/pci0000:00/0000:00:1a.0/usb1/1-1
N: bus/usb/001/002=12010002
E: DEVTYPE=usb_device
E: SUBSYSTEM=usb
E: ID_MODEL=a=b
A: manufacturer=Acme\\nInc\\\\
A: busnum=1\\n
H: descriptors=1201
L: driver=../../../../../bus/usb/drivers/usb
L: port=../1-0:1.0/usb1-port1

P: /devices/pci0000:00/0000:00:1a.0
E: SUBSYSTEM=pci
E: DRIVER=ehci-pci
`;

test('reads what umockdev-record writes, parents first', () => {
  const [controller, device] = parseUmockdev(TEXT);
  expect(controller).toMatchObject({subsystem: 'pci', driver: 'ehci-pci', node: null});
  expect(device).toMatchObject({
    devtype: 'usb_device',
    driver: 'usb',
    node: '/dev/bus/usb/001/002',
    properties: {ID_MODEL: 'a=b'},
    attributes: {manufacturer: 'Acme\nInc\\', busnum: '1'},
    references: {port: '/devices/pci0000:00/0000:00:1a.0/usb1/1-0:1.0/usb1-port1'},
    isUdevDone: true,
  });
});

test('refuses a line of another kind', () => {
  expect(() => parseUmockdev('P: /devices/a\nX: what\n')).toThrow('"X:" in /devices/a');
});
