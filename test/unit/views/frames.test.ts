import {afterEach, describe, expect, it} from 'vitest';

import {type Containers, UNREAD_CONTAINERS} from '#domain/container/container.ts';
import {foldInventory} from '#projections/inventory.ts';
import {type ConsoleScreen, openConsole, type ScreenOptions} from '#test/support/console-screen.ts';
import {SAMPLE_NOW, sampleMessage} from '#test/support/sample-events.ts';
import {sampleInventory} from '#test/support/sample-inventory.ts';
import {jobsWithOneAsking} from '#test/support/sample-jobs.ts';

// Screens show the local clock.
process.env.TZ = 'UTC';

const opened: ConsoleScreen[] = [];

afterEach(() => {
  for (const screen of opened.splice(0)) {
    screen.running.unmount();
  }
});

const PLUGS = [
  {
    sequence: 32,
    portId: 'usb-14-0-3',
    deviceId: 'd-aaaaaaaaae',
    at: SAMPLE_NOW - 12_000,
    fromPortId: 'usb-14-0-2',
  },
];
const VISIT = {sequence: 26, at: '2026-11-20T13:00:00.000Z'};
const uevent = (action: 'add' | 'remove', devpath: string, seqnum: number) => ({
  number: seqnum - 4_000,
  at: SAMPLE_NOW - 2_000,
  uevent: {
    source: 'kernel' as const,
    action,
    devpath,
    subsystem: 'usb',
    seqnum,
    properties: {PRODUCT: '403/6001/600', DEVTYPE: 'usb_device'},
  },
});
const UEVENTS = [
  uevent('remove', '/devices/pci0000:00/0000:00:14.0/usb1/1-2', 4_001),
  uevent('add', '/devices/pci0000:00/0000:00:14.0/usb1/1-3/1-3:1.0/ttyUSB0/tty/ttyUSB0', 4_002),
];

interface Frame {
  readonly name: string;
  readonly keys: readonly string[];
  readonly options?: ScreenOptions;
}

const NO_CONTAINERS = {...UNREAD_CONTAINERS, seenAt: new Date(SAMPLE_NOW).toISOString()};
const LIMITED_CONTAINERS: Containers = {
  ...NO_CONTAINERS,
  limit: {
    refused: 'no-machined',
    detail: 'The name org.freedesktop.machine1 was not provided by any .service files',
  },
};

const HOST = {
  load: 0.42,
  cores: 4,
  memoryUsedBytes: 41,
  memoryBytes: 100,
  diskUsedBytes: 71,
  diskBytes: 100,
  temperatureC: 51,
  seenAt: new Date(SAMPLE_NOW - 20_000).toISOString(),
};

const STALE = {connection: {kind: 'stale', since: SAMPLE_NOW - 12_000}} as const;

const {jobs, running} = jobsWithOneAsking;
const JOBS = {
  inventory: {...sampleInventory, jobs},
  progress: {
    [running]: {
      id: running,
      phase: null,
      done: 410_000,
      total: 1_000_000,
      unit: 'event',
      perSecond: 68_000,
      remainingMs: 8677,
    },
  },
};

/** Who looks came over ssh, through the uplink. */
const CALLER = {caller: {interface: 'eth0', tty: null}} as const;

/** The uplink was set down a while ago, and nobody has confirmed it. */
const ON_TRIAL = foldInventory(sampleInventory, [
  sampleMessage(34, {
    type: 'cim.port.change-requested.v1',
    subject: 'network-1f-6',
    data: {change: {link: 'down'}, before: {link: null}, trySeconds: 120},
    ago: 26,
    actor: 'ben',
    channel: 'console',
  }),
  sampleMessage(35, {
    type: 'cim.port.change-applied.v1',
    subject: 'network-1f-6',
    data: {
      requested: 34,
      change: {link: 'down'},
      found: {link: 'up'},
      deadline: new Date(SAMPLE_NOW + 94_000).toISOString(),
      occasion: 'wish',
    },
    ago: 26,
  }),
]);

const FRAMES: readonly Frame[] = [
  {name: 'overview', keys: [], options: {read: {visit: VISIT}}},
  {name: 'overview-banner', keys: [], options: {read: {plugs: PLUGS}}},
  {
    name: 'overview-limited-demo',
    keys: [],
    options: {
      read: {limits: 'no udevd: kernel records only; start systemd-udevd', leafKind: 'demo'},
    },
  },
  {name: 'overview-replay', keys: [], options: {read: {leafKind: 'replay'}}},
  {
    name: 'overview-connecting',
    keys: [],
    options: {isEmpty: true, read: {connection: {kind: 'connecting', since: SAMPLE_NOW}}},
  },
  {name: 'overview-nothing', keys: [], options: {isEmpty: true}},
  {name: 'overview-jobs', keys: [], options: {read: JOBS}},
  {name: 'jobs', keys: ['b'], options: {read: JOBS}},
  {name: 'jobs-cancel', keys: ['b', 'C'], options: {read: JOBS}},
  {name: 'jobs-none', keys: ['b']},
  {name: 'ports', keys: ['2']},
  {name: 'ports-filtered', keys: ['2', '/class:serial !free\r']},
  {name: 'ports-no-match', keys: ['2', '/nothing\r']},
  {name: 'ports-sorted-marked', keys: ['2', ' ', ' ', '\u001b[C', '\u001b[C', 'o', 'o']},
  {name: 'ports-absolute', keys: ['2', 'z']},
  {name: 'ports-stale', keys: ['2', 'e'], options: {read: STALE}},
  {name: 'ports-readonly', keys: ['2', 'e'], options: {read: {isReadonly: true}}},
  {name: 'ports-menu', keys: ['2', 'a']},
  {name: 'ports-label', keys: ['2', 'e']},
  {name: 'ports-role', keys: ['2', 'r', '\u0015sc\t']},
  {name: 'ports-you', keys: ['2'], options: {ui: CALLER}},
  {name: 'port-disable', keys: ['2', '/picocom\r', 'D']},
  {name: 'port-disable-grave', keys: ['2', 'D'], options: {ui: CALLER}},
  {name: 'port-on-trial', keys: ['2', '\r'], options: {read: {inventory: ON_TRIAL}, ui: CALLER}},
  {name: 'overview-on-trial', keys: [], options: {read: {inventory: ON_TRIAL}}},
  {name: 'port-summary', keys: ['2', '/picocom\r', '\r']},
  {name: 'port-properties', keys: ['2', '/picocom\r', '\r', '\t']},
  {name: 'port-history', keys: ['2', '/picocom\r', '\r', '\t', '\t']},
  {name: 'containers', keys: ['3']},
  {name: 'containers-filtered', keys: ['3', '/class:container !opening\r']},
  {name: 'containers-no-match', keys: ['3', '/nothing\r']},
  {
    name: 'containers-sorted',
    keys: ['3', '\u001b[C', '\u001b[C', '\u001b[C', '\u001b[C', 'o', 'o'],
  },
  {name: 'containers-absolute', keys: ['3', 'z']},
  {name: 'containers-none', keys: ['3'], options: {read: {containers: NO_CONTAINERS}}},
  {name: 'containers-unread', keys: ['3'], options: {read: {containers: UNREAD_CONTAINERS}}},
  {name: 'containers-limited', keys: ['3'], options: {read: {containers: LIMITED_CONTAINERS}}},
  {
    name: 'containers-connecting',
    keys: ['3'],
    options: {isEmpty: true, read: {connection: {kind: 'connecting', since: SAMPLE_NOW}}},
  },
  {
    name: 'overview-limited-containers',
    keys: [],
    options: {read: {containers: LIMITED_CONTAINERS}},
  },
  {name: 'container-detail', keys: ['3', '/web\r', '\r']},
  {name: 'container-detail-vm', keys: ['3', '/class:vm\r', '\r']},
  {name: 'container-json', keys: ['3', '/web\r', 'y']},
  {name: 'events', keys: ['4']},
  {name: 'events-all', keys: ['4', 'f', 'g']},
  {name: 'events-paused', keys: ['4', 'p']},
  {name: 'events-undo', keys: ['4', 'U']},
  {name: 'events-json', keys: ['4', '\r']},
  {name: 'udev', keys: ['5'], options: {read: {uevents: UEVENTS, ueventCount: 2}}},
  {name: 'udev-empty', keys: ['5']},
  {name: 'why-port', keys: ['2', '/picocom\r', 'w']},
  {name: 'why-port-device', keys: ['2', '\u001b[C\u001b[C\u001b[C\u001b[C', 'w']},
  {name: 'why-label', keys: ['2', '/picocom\r', 'w', '\r']},
  {name: 'why-live', keys: ['2', '/picocom\r', 'w', 'jj', '\r']},
  {name: 'why-attention', keys: ['w']},
  {name: 'why-now', keys: ['\t', 'w'], options: {read: {host: HOST}}},
  {name: 'why-host', keys: ['\tjjjj', 'w'], options: {read: {host: HOST}}},
  {name: 'why-event', keys: ['4', 'w']},
  {name: 'why-container', keys: ['3', 'w']},
  {name: 'help', keys: ['2', 'h']},
  {name: 'help-filtered', keys: ['2', 'h', 'label']},
  {name: 'command-line', keys: [':', 'po', '\t']},
];

describe.each([
  [80, 24],
  [120, 40],
])('the screens at %i×%i', (columns, rows) => {
  it.each(FRAMES)('$name', async ({name, keys, options = {}}) => {
    const screen = openConsole({columns, rows, ...options});
    opened.push(screen);
    for (const key of keys) {
      screen.send(key);
    }
    const lines = await screen.rows();
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(
      `../../fixtures/frames/${columns}x${rows}/${name}.txt`,
    );
  });
});
