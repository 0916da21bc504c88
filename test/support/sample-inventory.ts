import type {StoredMessage} from '#domain/message.ts';
import type {PortUser, PortUsers} from '#domain/port/user.ts';
import {foldInventory, type Inventory, initialInventory} from '#projections/inventory.ts';

import {SAMPLE_NOW, sampleDevice, sampleMessage, samplePort} from './sample-events.ts';

const DAY = 86_400;
const usb = (port: string) => `0000/14.0/usb/${port}`;

const PORTS = {
  eth1: samplePort({
    id: 'network-1f-6',
    position: '0000/1f.6',
    kind: 'fixed',
    class: 'network',
    name: 'eth0',
    state: 'present',
    link: 'up',
    speedMbps: 1000,
  }),
  eth2: samplePort({
    id: 'network-1c-0',
    position: '0000/1c.0/00.0',
    kind: 'fixed',
    class: 'network',
    name: 'eth1',
    state: 'absent',
    link: 'down',
  }),
  com1: samplePort({
    id: 'serial-pnp0501-1',
    position: 'PNP0501/1',
    kind: 'fixed',
    class: 'serial',
    name: 'COM1',
    state: 'present',
  }),
  usb1: samplePort({id: 'usb-14-0-1', position: usb('1'), name: '1-1'}),
  usb2: samplePort({id: 'usb-14-0-2', position: usb('2'), name: '1-2'}),
  usb3: samplePort({id: 'usb-14-0-3', position: usb('3'), name: '1-3'}),
  usb4: samplePort({id: 'usb-14-0-4', position: usb('4'), name: '1-4'}),
  camera: samplePort({id: 'usb-14-0-6', position: usb('6'), name: '1-6'}),
  keyboard: samplePort({id: 'usb-14-0-7-2', position: usb('7.2'), name: '1-7.2'}),
  sata: samplePort({
    id: 'storage-17-0-1',
    position: '0000/17.0/ata1',
    kind: 'fixed',
    class: 'storage',
    name: 'ata1',
    state: 'present',
  }),
  bridge: samplePort({
    id: 'network-br0',
    position: 'virtual/net/br0',
    kind: 'virtual',
    class: 'network',
    name: 'br0',
    state: 'present',
    link: 'up',
  }),
  spi: samplePort({
    id: 'other-1f-5',
    position: '0000/1f.5',
    kind: 'fixed',
    class: 'other',
    name: '1f.5',
    state: 'present',
  }),
};

type PortName = keyof typeof PORTS;
type Device = Parameters<typeof sampleDevice>[1];

const FTDI: Device = {
  name: 'FTDI FT232R USB UART',
  model: 'FT232R',
  vendor: 'FTDI',
  class: 'serial',
  ids: '0403:6001',
  driver: 'ftdi_sio',
};

const added = (
  port: PortName,
  id: string,
  ago: number,
  device: Device,
  origin: 'plug' | 'start' = 'start',
) => ({
  type: 'cim.device.added.v1',
  subject: id,
  data: sampleDevice(PORTS[port], device, origin),
  ago,
});

const labelled = (
  port: PortName,
  before: string | null,
  label: string | null,
  ago: number,
  actor: string,
) => ({
  type: 'cim.port.labelled.v1',
  subject: PORTS[port].id,
  data: {label, before: {label: before}},
  ago,
  actor,
  channel: 'console' as const,
});

const bound = (role: string, port: PortName, className: string, ago: number) => ({
  type: 'cim.role.bound.v1',
  subject: role,
  data: {
    target: {kind: 'port', portId: PORTS[port].id},
    selector: {class: className, suffix: null},
    before: null,
  },
  ago,
  actor: 'anna',
  channel: 'cli' as const,
});

const removed = (port: PortName, id: string, ago: number) => ({
  type: 'cim.device.removed.v1',
  subject: id,
  data: {portId: PORTS[port].id, position: PORTS[port].position, portForgotten: false},
  ago,
});

const FACTS = [
  {
    type: 'cim.leaf.created.v1',
    subject: '7fq2k13',
    data: {leafId: '7fq2k13', storeId: '01997777-0000-7000-8000-000000000001'},
    ago: 41 * DAY,
  },
  {
    type: 'cim.leaf.started.v1',
    subject: '7fq2k13',
    data: {bootId: null, version: '0.1.0', lastSeen: null},
    ago: 41 * DAY,
  },
  added('eth1', 'd-aaaaaaaaaa', 41 * DAY, {
    name: 'Intel I210',
    model: 'I210',
    class: 'network',
    nodes: ['eth0'],
    driver: 'igb',
    ids: '8086:1533',
  }),
  added('eth2', 'd-aaaaaaaaab', 41 * DAY, {
    name: 'Intel I210',
    model: 'I210',
    class: 'network',
    nodes: ['eth1'],
    driver: 'igb',
    ids: '8086:1533',
  }),
  added('com1', 'd-aaaaaaaaac', 41 * DAY, {
    name: '16550A',
    class: 'serial',
    nodes: ['/dev/ttyS0'],
    driver: 'serial8250',
  }),
  added('usb1', 'd-aaaaaaaaad', 3 * DAY, {
    ...FTDI,
    serial: '0001',
    ambiguous: true,
    nodes: ['/dev/ttyUSB1'],
  }),
  added('usb2', 'd-aaaaaaaaae', 3 * DAY, {...FTDI, serial: 'A50285BI', nodes: ['/dev/ttyUSB0']}),
  added(
    'usb4',
    'd-aaaaaaaaaf',
    7200,
    {
      name: 'Kingston DataTraveler',
      model: 'DataTraveler',
      class: 'storage',
      serial: 'E0D55E6',
      nodes: ['/dev/sdb'],
      ids: '0951:1666',
      driver: 'usb-storage',
    },
    'plug',
  ),
  added('camera', 'd-aaaaaaaaag', 9 * DAY, {
    name: 'Logitech C920',
    model: 'C920',
    class: 'video',
    direction: 'in',
    nodes: ['/dev/video0'],
    ids: '046d:082d',
    driver: 'uvcvideo',
  }),
  added('keyboard', 'd-aaaaaaaaah', 41 * DAY, {
    name: 'USB Keyboard',
    class: 'input',
    direction: 'in',
    nodes: ['/dev/input/event3'],
    driver: 'usbhid',
  }),
  added('sata', 'd-aaaaaaaaai', 41 * DAY, {
    name: 'WD Green',
    model: 'WD Green',
    class: 'storage',
    nodes: ['/dev/sda'],
    driver: 'ahci',
  }),
  added('bridge', 'd-aaaaaaaaaj', 4000, {name: 'bridge', class: 'network', nodes: ['br0']}),
  added('spi', 'd-aaaaaaaaak', 41 * DAY, {name: 'SPI controller', class: 'other'}),
  labelled('eth1', null, 'ETH 1', 40 * DAY, 'anna'),
  labelled('eth2', null, 'ETH 2', 40 * DAY, 'anna'),
  labelled('com1', null, 'PLC', 40 * DAY, 'anna'),
  labelled('usb1', null, 'USB 1', 3 * DAY, 'anna'),
  labelled('usb2', null, 'USB 2', 3 * DAY, 'anna'),
  labelled('usb4', null, 'USB 4', 7_150, 'ben'),
  labelled('sata', null, 'SATA 1', 40 * DAY, 'anna'),
  bound('plc', 'com1', 'serial', 40 * DAY),
  bound('uplink', 'eth1', 'network', 40 * DAY),
  bound('scanner-gate1', 'usb1', 'serial', 3 * DAY),
  bound('scanner-gate2', 'usb2', 'serial', 3 * DAY),
  bound('camera-1', 'camera', 'video', 9 * DAY),
  bound('root', 'sata', 'storage', 40 * DAY),
  labelled('com1', 'PLC', 'PCL', 79_000, 'ben'),
  {
    type: 'cim.leaf.labelled.v1',
    subject: '7fq2k13',
    data: {label: 'gate-cabinet', before: {label: null}},
    ago: 40 * DAY,
    actor: 'anna',
    channel: 'console' as const,
  },
  {
    type: 'cim.port.changed.v1',
    subject: PORTS.usb4.id,
    data: {state: 'disabled', before: {state: 'present'}},
    ago: 7100,
  },
  {
    type: 'cim.port.changed.v1',
    subject: PORTS.sata.id,
    data: {state: 'faulted', before: {state: 'present'}},
    ago: 600,
  },
  removed('usb2', 'd-aaaaaaaaae', 24),
  {
    type: 'cim.device.moved.v1',
    subject: 'd-aaaaaaaaae',
    data: {
      ...(({functions, portId, position, port}) => ({functions, portId, position, port}))(
        sampleDevice(PORTS.usb3, {...FTDI, serial: 'A50285BI', nodes: ['/dev/ttyUSB0']}, 'plug'),
      ),
      before: {
        ...(({functions}) => ({functions}))(sampleDevice(PORTS.usb2, FTDI, 'plug')),
        portId: PORTS.usb2.id,
        position: PORTS.usb2.position,
      },
    },
    ago: 12,
  },
  labelled('usb3', null, 'USB 3', 5, 'ben'),
];

/** A leaf with a bit of everything: 12 ports, an ambiguity, a fault, a role without device. */
export const sampleMessages: readonly StoredMessage[] = FACTS.toSorted((a, b) => b.ago - a.ago).map(
  (fact, index) => sampleMessage(index + 1, fact),
);

export const sampleInventory: Inventory = foldInventory(initialInventory, sampleMessages);

const user = (
  kind: PortUser['kind'],
  name: string | null,
  marks: PortUser['marks'] = [],
): PortUser => ({
  kind,
  name,
  unit: null,
  processes: [],
  seenAt: new Date(SAMPLE_NOW - 1000).toISOString(),
  marks,
});

export const sampleUsers: PortUsers = {
  [PORTS.eth1.id]: user('host', 'route', ['route']),
  [PORTS.eth2.id]: user('free', null),
  [PORTS.com1.id]: user('host', 'agetty'),
  [PORTS.usb1.id]: user('container', 'web'),
  [PORTS.usb2.id]: user('waiting', 'web'),
  [PORTS.usb3.id]: {
    ...user('host', 'picocom'),
    processes: [{pid: 4312, name: 'picocom', user: 'anna', unit: 'session-7.scope'}],
  },
  [PORTS.camera.id]: user('container', 'cam'),
  [PORTS.sata.id]: user('host', '/', ['boot', 'mount']),
  [PORTS.keyboard.id]: user('host', null),
};
