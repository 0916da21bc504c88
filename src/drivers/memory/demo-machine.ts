import type {KernelDevice, LinkFact} from '#domain/kernel-device.ts';

/** The made-up machine of `--demo`: a small industrial computer, and what gets plugged into it. */
export interface DemoMachine {
  readonly devices: readonly KernelDevice[];
  readonly links: readonly LinkFact[];
  /** The adapter that comes and goes, and the devpath to unplug. */
  readonly visitor: {readonly devices: readonly KernelDevice[]; readonly devpath: string};
}

const SOCKETS = 14;
const XHCI = '/devices/pci0000:00/0000:00:14.0';
const ROOT_HUB = `${XHCI}/usb1`;

/** Builds the machine; `parse` reads umockdev's text. */
export function createDemoMachine(parse: (text: string) => readonly KernelDevice[]): DemoMachine {
  const text = [
    record('/devices/pci0000:00', {}),
    record(XHCI, {SUBSYSTEM: 'pci', DRIVER: 'xhci_hcd'}, {class: '0x0c0330'}),
    rootHub(),
    ...Array.from({length: SOCKETS}, (_, index) => socket(index + 1)),
    ...[1, 2, 3, 4].map(ethernet),
    ...[1, 2].map(comPort),
    ...[1, 2].map(sataDisk),
    serialAdapter(1, '0001', 0),
    serialAdapter(2, '0001', 1),
    serialAdapter(6, 'A9XY01QK', 2),
    keyboard(8),
  ].join('\n');
  const visitor = {
    devices: parse(serialAdapter(3, 'A50285BI', 3)),
    devpath: `${ROOT_HUB}/1-3`,
  };
  return {devices: parse(text), links: [1, 2, 3, 4].map(linkOf), visitor};
}

type Lines = Readonly<Record<string, string>>;

/** One kernel device in umockdev's format. */
function record(devpath: string, env: Lines, attributes: Lines = {}, extra: string[] = []): string {
  const node = env.DEVNAME === undefined ? [] : [`N: ${env.DEVNAME.replace('/dev/', '')}`];
  return [
    `P: ${devpath}`,
    ...node,
    ...Object.entries(env).map(([key, value]) => `E: ${key}=${value}`),
    ...Object.entries(attributes).map(([name, value]) => `A: ${name}=${value}`),
    ...extra,
    '',
  ].join('\n');
}

const usbDevice = (devpath: string, attributes: Lines, extra: string[] = []): string =>
  record(devpath, {DEVTYPE: 'usb_device', DRIVER: 'usb', SUBSYSTEM: 'usb'}, attributes, extra);

function rootHub(): string {
  const attributes = {bDeviceClass: '09', idVendor: '1d6b', idProduct: '0002', speed: '480'};
  const face = {DEVTYPE: 'usb_interface', DRIVER: 'hub', SUBSYSTEM: 'usb'};
  return [
    usbDevice(ROOT_HUB, {...attributes, maxchild: String(SOCKETS), removable: 'unknown'}),
    record(`${ROOT_HUB}/1-0:1.0`, face, {bInterfaceClass: '09', bInterfaceNumber: '00'}),
  ].join('\n');
}

const socket = (number: number): string =>
  record(
    `${ROOT_HUB}/1-0:1.0/usb1-port${number}`,
    {DEVTYPE: 'usb_port'},
    {connect_type: number === 8 ? 'hardwired' : 'hotplug'},
  );

function serialAdapter(at: number, serial: string, tty: number): string {
  const unit = `${ROOT_HUB}/1-${at}`;
  const node = `ttyUSB${tty}`;
  const device = {
    bDeviceClass: '00',
    idVendor: '0403',
    idProduct: '6001',
    manufacturer: 'FTDI',
    product: 'FT232R USB UART',
    removable: 'removable',
    speed: '12',
    serial,
  };
  const face = {DEVTYPE: 'usb_interface', DRIVER: 'ftdi_sio', SUBSYSTEM: 'usb'};
  const numbers = {bInterfaceClass: 'ff', bInterfaceNumber: '00', bInterfaceSubClass: 'ff'};
  return [
    usbDevice(unit, device, [`L: port=../1-0:1.0/usb1-port${at}`]),
    record(`${unit}/1-${at}:1.0`, face, numbers),
    record(
      `${unit}/1-${at}:1.0/${node}`,
      {DRIVER: 'ftdi_sio', SUBSYSTEM: 'usb-serial'},
      {port_number: '0'},
    ),
    record(`${unit}/1-${at}:1.0/${node}/tty/${node}`, {DEVNAME: `/dev/${node}`, SUBSYSTEM: 'tty'}),
  ].join('\n');
}

function keyboard(at: number): string {
  const unit = `${ROOT_HUB}/1-${at}`;
  const device = {
    bDeviceClass: '00',
    idVendor: '046d',
    idProduct: 'c31c',
    manufacturer: 'Logitech',
    product: 'USB Keyboard',
    removable: 'fixed',
    speed: '1.5',
  };
  const face = {DEVTYPE: 'usb_interface', DRIVER: 'usbhid', SUBSYSTEM: 'usb'};
  const numbers = {bInterfaceClass: '03', bInterfaceNumber: '00', bInterfaceProtocol: '01'};
  const input = `${unit}/1-${at}:1.0/0003:046D:C31C.0001/input/input5`;
  return [
    usbDevice(unit, device, [`L: port=../1-0:1.0/usb1-port${at}`]),
    record(`${unit}/1-${at}:1.0`, face, numbers),
    record(input, {
      SUBSYSTEM: 'input',
      NAME: '"Logitech USB Keyboard"',
      EV: '120013',
      ID_INPUT_KEYBOARD: '1',
    }),
    record(`${input}/event4`, {DEVNAME: '/dev/input/event4', SUBSYSTEM: 'input'}),
  ].join('\n');
}

function ethernet(number: number): string {
  const card = `/devices/pci0000:00/0000:00:1c.${number - 1}/0000:0${number}:00.0`;
  return [
    record(`/devices/pci0000:00/0000:00:1c.${number - 1}`, {SUBSYSTEM: 'pci', DRIVER: 'pcieport'}),
    record(
      card,
      {
        SUBSYSTEM: 'pci',
        DRIVER: 'igb',
        PCI_ID: '8086:1533',
        ID_VENDOR_FROM_DATABASE: 'Intel Corporation',
        ID_MODEL_FROM_DATABASE: 'I210 Gigabit Network Connection',
      },
      {class: '0x020000', vendor: '0x8086', device: '0x1533'},
    ),
    record(
      `${card}/net/eth${number - 1}`,
      {IFINDEX: String(number + 1), INTERFACE: `eth${number - 1}`, SUBSYSTEM: 'net'},
      {addr_assign_type: '0', address: `00:30:18:0a:1b:0${number}`, dev_port: '0', type: '1'},
    ),
  ].join('\n');
}

const linkOf = (number: number): LinkFact => ({
  ifindex: number + 1,
  name: `eth${number - 1}`,
  kind: null,
  isUp: true,
  hasCarrier: number <= 2,
  speedMbps: number <= 2 ? 1000 : null,
  master: null,
});

function comPort(number: number): string {
  const chip = `/devices/pnp0/00:0${number}`;
  const tty = `ttyS${number - 1}`;
  return [
    record(
      chip,
      {DRIVER: 'serial', SUBSYSTEM: 'pnp'},
      {'firmware_node/hid': 'PNP0501', 'firmware_node/uid': String(number), id: 'PNP0501'},
    ),
    record(`${chip}/tty/${tty}`, {DEVNAME: `/dev/${tty}`, SUBSYSTEM: 'tty'}, {type: '4'}),
  ].join('\n');
}

function sataDisk(number: number): string {
  const port = `/devices/pci0000:00/0000:00:17.0/ata${number}`;
  const at = `${number - 1}:0:0:0`;
  const disk = `${port}/host${number - 1}/target${number - 1}:0:0/${at}`;
  const name = `sd${number === 1 ? 'a' : 'b'}`;
  const model = number === 1 ? 'Samsung SSD 870' : 'WDC WD40EFRX';
  return [
    ...(number === 1
      ? [
          record(
            '/devices/pci0000:00/0000:00:17.0',
            {SUBSYSTEM: 'pci', DRIVER: 'ahci'},
            {class: '0x010601'},
          ),
        ]
      : []),
    record(`${port}/ata_port/ata${number}`, {SUBSYSTEM: 'ata_port'}, {port_no: String(number)}),
    record(disk, {DEVTYPE: 'scsi_device', DRIVER: 'sd', SUBSYSTEM: 'scsi'}, {model, vendor: 'ATA'}),
    record(
      `${disk}/block/${name}`,
      {
        DEVNAME: `/dev/${name}`,
        DEVTYPE: 'disk',
        SUBSYSTEM: 'block',
        ID_MODEL: model.replaceAll(' ', '_'),
        ID_SERIAL_SHORT: `S5GXNX0R${number}`,
        ID_WWN: `0x5002538e4000000${number}`,
      },
      {size: number === 1 ? '976773168' : '7814037168'},
    ),
  ].join('\n');
}
