import {sampleDevice, samplePort} from './sample-events.ts';

/** A socket that nothing is in. */
export const PORT = samplePort({id: 'usb-1', position: 'p', name: '1-1'});
/** An adapter plugged into it. */
export const DEVICE = sampleDevice(PORT, {name: 'FTDI', class: 'serial', serial: 'A5'}, 'plug');
const {functions, portId, position} = DEVICE;
const place = {portId, position};
const target = {kind: 'port', portId: 'usb-1'};
const unit = {kind: 'device', deviceId: 'd-aaaaaaaaaa'};
const selector = {class: null, suffix: null};
const JOB = '01997777-0000-7000-8000-0000000000aa';
const command = 'event.verify';
const CHANGED = {requested: 7, change: {link: 'down'}};
const TIME = '2026-01-01T00:00:00.000Z';

export type Told = readonly [type: string, subject: string, data: object, words: readonly string[]];

/** Every event type: its data, then kind, object, what, detail. */
export const TOLD: readonly Told[] = [
  [
    'cim.leaf.created.v1',
    'l',
    {leafId: 'l', storeId: '01997777-0000-7000-8000-000000000001'},
    ['leaf', 'leaf', 'created', 'l'],
  ],
  [
    'cim.leaf.labelled.v1',
    'l',
    {label: 'x', before: {label: null}},
    ['wish', 'leaf', 'labelled', '"" → "x"'],
  ],
  [
    'cim.leaf.started.v1',
    'l',
    {bootId: null, version: '1', lastSeen: null},
    ['leaf', 'leaf', 'started', 'version 1'],
  ],
  [
    'cim.leaf.stopped.v1',
    'l',
    {bootId: null, version: '1', reason: 'signal'},
    ['leaf', 'leaf', 'stopped', 'by signal'],
  ],
  [
    'cim.leaf.resynced.v1',
    'l',
    {cause: 'drops', drops: 2, changes: ['a']},
    ['leaf', 'leaf', 'resynced', 'drops: 2 uevents lost, 1 change'],
  ],
  ['cim.port.added.v1', 'usb-1', PORT, ['detail', 'port:usb-1', 'added', 'socket usb']],
  [
    'cim.port.labelled.v1',
    'usb-1',
    {label: null, before: {label: 'x'}},
    ['wish', 'port:usb-1', 'labelled', '"x" → ""'],
  ],
  [
    'cim.port.changed.v1',
    'usb-1',
    {link: 'down', before: {link: 'up'}},
    ['plug', 'port:usb-1', 'link down', 'link up → down'],
  ],
  [
    'cim.port.changed.v1',
    'usb-1',
    {speedMbps: 100, before: {speedMbps: null}},
    ['plug', 'port:usb-1', 'changed', 'speedMbps - → 100'],
  ],
  [
    'cim.port.summed-up.v1',
    'usb-1',
    {link: 'up', before: {link: 'down'}, changes: 9, from: '2026-01-01T00:00:00.000Z'},
    ['plug', 'port:usb-1', 'flapped', '9 times; now link down → up'],
  ],
  [
    'cim.port.forgotten.v1',
    'usb-1',
    {before: {...PORT, label: 'USB 1'}},
    ['wish', 'USB 1', 'forgotten', 'usb-1'],
  ],
  [
    'cim.port.remembered.v1',
    'usb-1',
    {...PORT, label: null},
    ['wish', '1-1', 'remembered', 'usb-1'],
  ],
  [
    'cim.port.change-requested.v1',
    'usb-1',
    {change: {mtu: 9000, baud: null}, before: {mtu: null, baud: 9600}, trySeconds: null},
    ['wish', 'port:usb-1', 'wanted', 'mtu 9000, speed of the line as found'],
  ],
  [
    'cim.port.change-requested.v1',
    'usb-1',
    {change: {enabled: false}, before: {enabled: null}, trySeconds: 120},
    ['wish', 'port:usb-1', 'wanted', 'disabled, for 120 s'],
  ],
  [
    'cim.port.change-applied.v1',
    'usb-1',
    {...CHANGED, found: {link: 'up'}, deadline: TIME, occasion: 'wish'},
    ['wish', 'port:usb-1', 'applied', 'link down, unless confirmed it comes back'],
  ],
  [
    'cim.port.change-applied.v1',
    'usb-1',
    {...CHANGED, found: {link: 'up'}, deadline: null, occasion: 'plug'},
    ['wish', 'port:usb-1', 'applied again', 'link down'],
  ],
  [
    'cim.port.change-failed.v1',
    'usb-1',
    {...CHANGED, reason: 'ip exited 2', undone: false},
    ['wish', 'port:usb-1', 'failed', 'link down: ip exited 2; not all is undone'],
  ],
  [
    'cim.port.change-confirmed.v1',
    'usb-1',
    CHANGED,
    ['wish', 'port:usb-1', 'confirmed', 'link down'],
  ],
  [
    'cim.port.change-reverted.v1',
    'usb-1',
    {...CHANGED, by: 'guard', at: TIME, undone: true, detail: null},
    ['wish', 'port:usb-1', 'reverted', 'not confirmed: link down'],
  ],
  [
    'cim.port.change-reverted.v1',
    'usb-1',
    {...CHANGED, by: 'agent', at: TIME, undone: false, detail: 'ip link set eth0 up'},
    ['wish', 'port:usb-1', 'reverted', 'not confirmed: link down; not all: ip link set eth0 up'],
  ],
  ['cim.device.added.v1', 'd-aaaaaaaaaa', DEVICE, ['plug', 'port:usb-1', 'plugged', 'FTDI A5']],
  [
    'cim.device.added.v1',
    'd-aaaaaaaaaa',
    {...DEVICE, serial: null, origin: 'start'},
    ['plug', 'port:usb-1', 'found', 'FTDI'],
  ],
  [
    'cim.device.changed.v1',
    'd-aaaaaaaaaa',
    {driver: 'b', before: {driver: null}},
    ['detail', 'unit:d-aaaaaaaaaa', 'changed', 'driver - → b'],
  ],
  [
    'cim.device.functions-changed.v1',
    'd-aaaaaaaaaa',
    {functions, before: {functions: []}},
    ['detail', 'unit:d-aaaaaaaaaa', 'functions', '0 → 1 function'],
  ],
  [
    'cim.device.moved.v1',
    'd-aaaaaaaaaa',
    {...place, functions, before: {portId: 'usb-2', position: 'q', functions}},
    ['plug', 'port:usb-1', 'moved', 'unit:d-aaaaaaaaaa from port:usb-2'],
  ],
  [
    'cim.device.removed.v1',
    'd-aaaaaaaaaa',
    {...place, portForgotten: false},
    ['plug', 'port:usb-1', 'unplugged', 'unit:d-aaaaaaaaaa'],
  ],
  [
    'cim.device.moved.v1',
    'd-aaaaaaaaaa',
    {
      ...place,
      functions,
      followers: [{...place, id: 'd-bbbbbbbbbb', functions, before: place}],
      before: {portId: 'usb-2', position: 'q', functions},
    },
    ['plug', 'port:usb-1', 'moved', 'unit:d-aaaaaaaaaa from port:usb-2, with 1 device behind it'],
  ],
  [
    'cim.port.quarantined.v1',
    'usb-1',
    {minutes: 5, changes: 117, before: {state: 'present'}},
    ['plug', 'port:usb-1', 'quarantined', 'flapped for 5 minutes, 117 times in the last'],
  ],
  [
    'cim.port.unquarantined.v1',
    'usb-1',
    {state: 'absent', before: {state: 'quarantined'}},
    ['wish', 'port:usb-1', 'unquarantined', 'now absent'],
  ],
  [
    'cim.role.bound.v1',
    'scale',
    {target, selector, before: null},
    ['wish', 'role scale', 'bound', 'to port:usb-1'],
  ],
  [
    'cim.role.bound.v1',
    'scale',
    {target, selector, before: {target: unit, selector}},
    ['wish', 'role scale', 'bound', 'unit unit:d-aaaaaaaaaa → port:usb-1'],
  ],
  [
    'cim.role.unbound.v1',
    'scale',
    {before: {target, selector}},
    ['wish', 'role scale', 'unbound', 'from port:usb-1'],
  ],
  [
    'cim.job.accepted.v1',
    JOB,
    {command, target: 'l', data: {}},
    ['wish', 'event verify', 'accepted', 'l'],
  ],
  [
    'cim.job.interrupted.v1',
    JOB,
    {command, expiresAt: '2026-11-23T13:37:00.000Z'},
    ['wish', 'event verify', 'asks', 'cut off by a restart; until 2026-11-23T13:37:00.000Z'],
  ],
  [
    'cim.job.resumed.v1',
    JOB,
    {command, reason: 'restart'},
    ['wish', 'event verify', 'goes on', 'by itself, after a restart'],
  ],
  ['cim.job.resumed.v1', JOB, {command, reason: 'asked'}, ['wish', 'event verify', 'goes on', '']],
  ['cim.job.cancel-requested.v1', JOB, {command}, ['wish', 'event verify', 'is to end', '']],
  [
    'cim.job.ended.v1',
    JOB,
    {command, outcome: 'done', reason: null, result: {events: 918206, wrong: null}},
    ['wish', 'event verify', 'done', '918,206 events, nothing wrong'],
  ],
  [
    'cim.job.ended.v1',
    JOB,
    {command, outcome: 'done', reason: null, result: {events: 918206, wrong: 512}},
    ['wish', 'event verify', 'done', '918,206 events, wrong at 512'],
  ],
  [
    'cim.job.ended.v1',
    JOB,
    {command, outcome: 'failed', reason: 'cut off by a restart', result: null},
    ['wish', 'event verify', 'failed', 'cut off by a restart'],
  ],
];
