import type {z} from 'zod';

import {lanAdded} from '../port/change-examples.ts';
import {
  ADAPTER,
  type EventExamples,
  OTHER_SOCKET,
  OTHER_SOCKET_POSITION,
  SOCKET,
  SOCKET_POSITION,
} from '../story.ts';
import type {DeviceFunction, deviceEvents} from './events.ts';
import type {DeviceRow} from './row.ts';

const serialLine = (path: string): z.input<typeof DeviceFunction> => ({
  id: ':1.0/port0',
  class: 'serial',
  direction: 'both',
  state: 'present',
  name: 'serial line',
  nodes: [{path, as: 'tty'}],
  interface: null,
});

const AT_FIRST = serialLine('/dev/ttyUSB0');
const LATER = serialLine('/dev/ttyUSB1');

const causeAt = (time: string, seqnum: number, what: string) =>
  ({id: `uevent-${seqnum}`, type: 'uevent', time, summary: what}) as const;

const DEVPATH = '/devices/pci0000:00/0000:00:14.0/usb1';

export const deviceEventExamples: EventExamples<typeof deviceEvents> = {
  'cim.device.added.v1': {
    also: [lanAdded],
    sequence: 14,
    time: '2026-11-23T08:12:30.084Z',
    subject: ADAPTER,
    data: {
      identity: {kind: 'serial', value: '0403:6001:A50285BI'},
      ambiguous: false,
      ids: '0403:6001',
      vendor: 'FTDI',
      model: 'FT232R',
      serial: 'A50285BI',
      driver: 'ftdi_sio',
      name: 'FTDI FT232R',
      functions: [AT_FIRST],
      portId: SOCKET,
      position: SOCKET_POSITION,
      origin: 'plug',
      cause: causeAt('2026-11-23T08:12:30.084Z', 4711, `udev add ${DEVPATH}/1-3 (usb)`),
    },
  },
  'cim.device.changed.v1': {
    sequence: 20,
    time: '2026-11-23T09:30:05.700Z',
    subject: ADAPTER,
    data: {
      ambiguous: true,
      before: {ambiguous: false},
      cause: causeAt('2026-11-23T09:30:05.700Z', 4802, `udev add ${DEVPATH}/1-1 (usb)`),
    },
  },
  'cim.device.functions-changed.v1': {
    sequence: 21,
    time: '2026-11-23T09:35:12.915Z',
    subject: ADAPTER,
    data: {
      functions: [LATER],
      before: {functions: [AT_FIRST]},
      cause: causeAt('2026-11-23T09:35:12.915Z', 4830, `udev bind ${DEVPATH}/1-3/1-3:1.0 (usb)`),
    },
  },
  'cim.device.moved.v1': {
    sequence: 22,
    time: '2026-11-23T09:41:00.420Z',
    subject: ADAPTER,
    data: {
      portId: OTHER_SOCKET,
      position: OTHER_SOCKET_POSITION,
      port: {
        position: OTHER_SOCKET_POSITION,
        kind: 'socket',
        class: 'usb',
        direction: 'both',
        parent: null,
        name: '1-4',
        state: 'present',
        link: null,
        speedMbps: null,
        id: OTHER_SOCKET,
      },
      functions: [LATER],
      before: {portId: SOCKET, position: SOCKET_POSITION, functions: [LATER]},
      cause: causeAt('2026-11-23T09:41:00.420Z', 4866, `udev add ${DEVPATH}/1-4 (usb)`),
    },
  },
  'cim.device.removed.v1': {
    sequence: 26,
    time: '2026-11-23T10:30:41.007Z',
    subject: ADAPTER,
    data: {
      portId: OTHER_SOCKET,
      position: OTHER_SOCKET_POSITION,
      portForgotten: false,
      cause: causeAt('2026-11-23T10:30:41.007Z', 4901, `udev remove ${DEVPATH}/1-4 (usb)`),
    },
  },
};

const {
  origin: _origin,
  cause: _cause,
  identity,
  ...SEEN
} = deviceEventExamples['cim.device.added.v1'].data;

export const deviceRowExample: z.input<typeof DeviceRow> = {
  ...SEEN,
  id: ADAPTER,
  state: 'ready',
  since: '2026-11-23T08:12:30.084Z',
  sequence: 14,
  fields: Object.fromEntries([...Object.keys(SEEN), 'identity', 'state'].map((name) => [name, 14])),
  identity: identity.kind,
  identityValue: identity.value,
  port: 'USB 3',
};
