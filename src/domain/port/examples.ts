import type {z} from 'zod';

import {IDENTIFY} from '../job/examples.ts';
import {
  ADAPTER,
  type CommandExample,
  type EventExamples,
  OTHER_SOCKET,
  ROLE,
  SOCKET,
  SOCKET_POSITION,
} from '../story.ts';
import {changeEventExamples} from './change-examples.ts';
import type {forgetPort, identifyPort, labelPort, unquarantinePort} from './commands.ts';
import type {portEvents} from './events.ts';
import type {PortRow} from './row.ts';
import type {PortUser} from './user.ts';

const EMPTY_SOCKET = {
  position: SOCKET_POSITION,
  kind: 'socket',
  class: 'usb',
  direction: 'both',
  parent: null,
  name: '1-3',
  state: 'absent',
  link: null,
  speedMbps: null,
} as const;

export const portEventExamples: EventExamples<typeof portEvents> = {
  ...changeEventExamples,
  'cim.port.added.v1': {
    sequence: 5,
    time: '2026-11-23T08:00:01.100Z',
    subject: SOCKET,
    data: {
      ...EMPTY_SOCKET,
      cause: {
        id: 'enumeration-start',
        type: 'enumeration',
        time: '2026-11-23T08:00:01.100Z',
        summary: 'enumerated: start',
      },
    },
  },
  'cim.port.changed.v1': {
    sequence: 13,
    time: '2026-11-23T08:05:44.500Z',
    subject: 'network-1f-6',
    data: {
      state: 'present',
      link: 'up',
      speedMbps: 1000,
      before: {state: 'absent', link: 'down', speedMbps: null},
      cause: {
        id: 'link-2',
        type: 'link',
        time: '2026-11-23T08:05:44.500Z',
        summary: 'eth0 up, carrier',
      },
    },
  },
  'cim.port.labelled.v1': {
    sequence: 15,
    time: '2026-11-23T08:14:02.310Z',
    subject: SOCKET,
    isWished: true,
    data: {label: 'USB 3', before: {label: null}},
  },
  'cim.port.forgotten.v1': {
    sequence: 24,
    time: '2026-11-23T10:02:11.905Z',
    subject: SOCKET,
    isWished: true,
    data: {before: {...EMPTY_SOCKET, label: 'USB 3'}},
  },
  'cim.port.remembered.v1': {
    sequence: 25,
    time: '2026-11-23T10:02:40.031Z',
    subject: SOCKET,
    isWished: true,
    data: {...EMPTY_SOCKET, label: 'USB 3'},
  },
  'cim.port.summed-up.v1': {
    sequence: 27,
    time: '2026-11-23T11:01:00.000Z',
    subject: 'network-1f-6',
    data: {
      state: 'absent',
      link: 'down',
      before: {state: 'present', link: 'up'},
      changes: 117,
      from: '2026-11-23T11:00:00.000Z',
    },
  },
  'cim.port.quarantined.v1': {
    sequence: 45,
    time: '2026-11-23T11:56:30.000Z',
    subject: OTHER_SOCKET,
    data: {minutes: 5, changes: 117, before: {state: 'absent'}},
  },
  'cim.port.unquarantined.v1': {
    sequence: 46,
    time: '2026-11-23T11:57:12.400Z',
    subject: OTHER_SOCKET,
    isWished: true,
    data: {state: 'absent', before: {state: 'quarantined'}},
  },
};

export const labelPortExample: CommandExample<z.input<typeof labelPort.schema>> = {
  target: SOCKET,
  time: '2026-11-23T08:14:02.302Z',
  seen: 14,
  data: {label: 'USB 3'},
  event: portEventExamples['cim.port.labelled.v1'],
  refusal: {refused: 'label-taken', detail: 'USB 3 is usb-14-0-1'},
};

export const forgetPortExample: CommandExample<z.input<typeof forgetPort.schema>> = {
  target: 'USB 3',
  time: '2026-11-23T10:02:11.897Z',
  seen: 23,
  data: {},
  event: portEventExamples['cim.port.forgotten.v1'],
  refusal: {refused: 'in-use', detail: `${SOCKET} holds ${ADAPTER}`},
};

export const identifyPortExample: CommandExample<z.input<typeof identifyPort.schema>> = {
  target: 'USB 3',
  time: IDENTIFY.time,
  data: {},
  event: IDENTIFY,
  refusal: {refused: 'job-running', detail: IDENTIFY.subject},
};

export const unquarantinePortExample: CommandExample<z.input<typeof unquarantinePort.schema>> = {
  target: OTHER_SOCKET,
  time: '2026-11-23T11:57:12.392Z',
  seen: 32,
  data: {},
  event: portEventExamples['cim.port.unquarantined.v1'],
  refusal: {refused: 'nothing-to-change', detail: `${OTHER_SOCKET} is present, not in quarantine`},
};

export const userExample: z.input<typeof PortUser> = {
  kind: 'host',
  name: 'scaled',
  unit: 'scaled.service',
  processes: [{pid: 812, name: 'scaled', user: 'scale', unit: 'scaled.service'}],
  seenAt: '2026-11-23T08:15:30.000Z',
  marks: [],
};

const {cause: _cause, ...SOCKET_AT_START} = portEventExamples['cim.port.added.v1'].data;

export const portRowExample: z.input<typeof PortRow> = {
  ...SOCKET_AT_START,
  id: SOCKET,
  label: 'USB 3',
  state: 'present',
  since: '2026-11-23T08:12:30.084Z',
  sequence: 15,
  fields: {
    position: 5,
    kind: 5,
    class: 5,
    direction: 5,
    parent: 5,
    name: 5,
    state: 14,
    link: 5,
    speedMbps: 5,
    id: 5,
    label: 15,
    deviceId: 14,
  },
  wanted: {},
  found: {},
  change: null,
  role: ROLE,
  roles: [ROLE],
  user: userExample,
  device: {
    id: ADAPTER,
    name: 'FTDI FT232R',
    vendor: 'FTDI',
    model: 'FT232R',
    serial: 'A50285BI',
    identity: 'serial',
    ambiguous: false,
    ids: '0403:6001',
    driver: 'ftdi_sio',
    functions: [
      {
        id: ':1.0/port0',
        class: 'serial',
        direction: 'both',
        state: 'present',
        name: 'serial line',
        interface: null,
        role: ROLE,
        user: userExample,
        nodes: ['/dev/ttyUSB0'],
      },
    ],
    nodes: ['/dev/ttyUSB0'],
  },
};
