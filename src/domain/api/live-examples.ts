import type {z} from 'zod';

import {containersExample} from '../container/examples.ts';
import {deviceRowExample} from '../device/examples.ts';
import {jobRowExample, progressExample} from '../job/examples.ts';
import type {STATE_SCHEMAS, StateKind} from '../kv-row.ts';
import {hostExample, leafRowExample} from '../leaf/examples.ts';
import type {LIVE_SCHEMAS, LiveKind} from '../live.ts';
import {portRowExample, userExample} from '../port/examples.ts';
import {roleLinksExample, roleRowExample} from '../role/examples.ts';
import type {Snapshot} from '../snapshot.ts';
import {ADAPTER, LEAF, ROLE, SOCKET, VERSION} from '../story.ts';

export const liveExamples: {readonly [K in LiveKind]: z.input<(typeof LIVE_SCHEMAS)[K]>} = {
  agent: {version: VERSION, limit: null, sequence: 16},
  uevent: {
    uevents: [
      {
        source: 'udev',
        action: 'add',
        devpath: '/devices/pci0000:00/0000:00:14.0/usb1/1-3',
        subsystem: 'usb',
        seqnum: 4711,
        properties: {
          DEVNAME: '/dev/bus/usb/001/007',
          DEVTYPE: 'usb_device',
          ID_SERIAL_SHORT: 'A50285BI',
          PRODUCT: '403/6001/600',
        },
      },
    ],
    omitted: 0,
  },
  user: {[SOCKET]: userExample},
  host: hostExample,
  container: containersExample,
  role: roleLinksExample,
  job: progressExample,
};

const {user: _user, device: plugged, ...storedPort} = portRowExample;

export const stateExamples: {
  readonly [K in StateKind]: {
    readonly id: string;
    readonly row: z.input<(typeof STATE_SCHEMAS)[K]>;
  };
} = {
  leaf: {id: LEAF, row: {v: 1, sequence: 16, data: leafRowExample}},
  port: {
    id: SOCKET,
    row: {
      v: 1,
      sequence: 16,
      data: {
        ...storedPort,
        device: plugged && {
          ...plugged,
          functions: plugged.functions.map(({user: _live, ...stored}) => stored),
        },
      },
    },
  },
  device: {id: ADAPTER, row: {v: 1, sequence: 16, data: deviceState()}},
  role: {id: ROLE, row: {v: 1, sequence: 16, data: {...roleState(), port: SOCKET, holder: 'held'}}},
};

export const snapshotExample: z.input<typeof Snapshot> = {
  inventory: {
    leaf: leafRowExample,
    ports: {[SOCKET]: portState()},
    devices: {[ADAPTER]: deviceState()},
    roles: {[ROLE]: roleState()},
    jobs: {[jobRowExample.id]: jobState()},
    answers: {young: {}, count: 0, old: []},
    readOnly: {},
    stopped: {},
    unreadable: 0,
    sequence: 16,
    lastSeen: roleRowExample.since,
    clock: 'synced',
    latest: roleRowExample.since,
  },
  users: liveExamples.user,
  limit: null,
  host: hostExample,
  containers: containersExample,
  roleLinks: roleLinksExample,
  progress: {[progressExample.id]: progressExample},
};

function deviceState() {
  const {identity: kind, identityValue: value, port: _port, ...rest} = deviceRowExample;
  return {...rest, identity: {kind, value}};
}

function portState() {
  const {role: _role, roles: _roles, device, user: _live, ...rest} = portRowExample;
  return {...rest, deviceId: device?.id ?? null};
}

function jobState() {
  const {progress: _live, ...rest} = jobRowExample;
  return rest;
}

function roleState() {
  const {port: _port, holder: _holder, links: _links, ...rest} = roleRowExample;
  return rest;
}
