import {expect, it} from 'vitest';

import type {Recorded} from '#domain/envelope.ts';
import {eventSubject} from '#domain/message.ts';
import {evolveInventory, type Inventory} from '#projections/inventory.ts';
import {USE_CASES} from '#services/registry.ts';
import {
  adapterAdded,
  inventoryAfter,
  jobAccepted,
  recordedFact,
  socketAdded,
} from '#test/support/facts.ts';
import {appliedChange, networkAdded, wantedChange} from '#test/support/port-changes.ts';
import {codeOf, decide, WISH_ID} from '#test/support/wishes.ts';

const LABELLED: Recorded = recordedFact(4, {
  type: 'cim.port.labelled.v1',
  subject: 'usb-1',
  data: {label: 'A', before: {label: null}},
});

const RUNNING = '01890000-0000-7000-8000-0000000000b1';
const ASKING = '01890000-0000-7000-8000-0000000000b2';

const KNOWN: Inventory = inventoryAfter(
  {
    type: 'cim.leaf.created.v1',
    subject: 'l',
    data: {leafId: 'l' as never, storeId: '0b0e7c1e-5f0a-4f0c-9a70-8a2f0f5b7f10'},
  },
  socketAdded('usb-1'),
  adapterAdded('d-aaaaaaaaaa', 'usb-1'),
  LABELLED.event,
  socketAdded('usb-2'),
  {
    type: 'cim.role.bound.v1',
    subject: 'scale',
    data: {
      target: {kind: 'port', portId: 'usb-1' as never},
      selector: {class: null, suffix: null},
      before: null,
    },
  },
  socketAdded('usb-3'),
  wantedChange('usb-3', {enabled: false}, null),
  socketAdded('usb-4'),
  wantedChange('usb-4', {enabled: false}, 120),
  appliedChange('usb-4', {enabled: false}, {requested: 10, deadline: '2026-11-22T16:02:00.000Z'}),
  networkAdded('d-bbbbbbbbbb', 'lan'),
  socketAdded('usb-q'),
  {
    type: 'cim.port.quarantined.v1',
    subject: 'usb-q',
    data: {minutes: 5, changes: 117, before: {state: 'absent'}},
  },
  jobAccepted(RUNNING, 'leaf.move'),
  jobAccepted(ASKING, 'leaf.copy'),
  {
    type: 'cim.job.interrupted.v1',
    subject: ASKING,
    data: {command: 'leaf.copy', expiresAt: '2026-11-22T16:05:00.000Z'},
  },
);

/** A wish of each command that is accepted, and what its facts are about. */
const WISHES = {
  'leaf.label': {about: 'leaf/l', wish: {target: '', data: {label: 'B'}}},
  'port.label': {about: 'port/usb-1', wish: {target: 'A', data: {label: 'B'}}},
  'port.unquarantine': {about: 'port/usb-q', wish: {target: 'usb-q'}},
  'port.identify': {about: `job/${WISH_ID}`, wish: {target: 'usb-1'}},
  'port.forget': {about: 'port/usb-2', wish: {target: 'usb-2'}},
  'port.enable': {about: 'port/usb-3', wish: {target: 'usb-3'}},
  'port.disable': {about: 'port/usb-1', wish: {target: 'A'}},
  'port.confirm': {about: 'port/usb-4', wish: {target: 'usb-4'}},
  'port.up': {about: 'port/lan', wish: {target: 'lan'}},
  'port.down': {about: 'port/lan', wish: {target: 'lan', data: {trySeconds: 60}}},
  'port.set': {about: 'port/usb-1', wish: {target: 'A', data: {baud: 9600}}},
  'port.release': {about: 'port/usb-3', wish: {target: 'usb-3'}},
  'role.bind': {about: 'role/cam', wish: {target: 'cam', data: {port: 'usb-2'}}},
  'role.unbind': {about: 'role/scale', wish: {target: 'scale'}},
  'event.verify': {about: `job/${WISH_ID}`, wish: {target: 'l'}},
  'job.cancel': {about: `job/${RUNNING}`, wish: {target: RUNNING}},
  'job.resume': {about: `job/${ASKING}`, wish: {target: ASKING}},
  'event.undo': {about: 'port/usb-1', wish: {target: '4', event: LABELLED}},
} as const;

/** The state after a message on an aggregate that this build cannot read. */
function afterUnreadable(about: string, body: string): Inventory {
  const [aggregate = '', id = ''] = about.split('/');
  const subject = eventSubject('l', `cim.${aggregate}.labelled.v1`, id);
  const {sequence} = KNOWN;
  const reason = 'data';
  return evolveInventory(KNOWN, {
    kind: 'unreadable',
    sequence: sequence + 1,
    subject,
    reason,
    body,
  });
}

it('every command has its wish here', () => {
  const names = USE_CASES.map(({command}) => `${command.aggregate}.${command.verb}`);
  expect(Object.keys(WISHES).toSorted()).toEqual(names.toSorted());
});

it.each(Object.entries(WISHES))(
  '%s is refused on what has an event that cannot be read',
  (name, {about, wish}) => {
    expect(codeOf(decide(name, KNOWN, wish))).toMatch(/^cim\./);
    expect(codeOf(decide(name, afterUnreadable(about, '{}'), wish))).toBe('newer-event');
    expect(codeOf(decide(name, {...KNOWN, readOnly: {[about]: 9}}, wish))).toBe('newer-event');
    expect(codeOf(decide(name, afterUnreadable('port/elsewhere', '{}'), wish))).toMatch(/^cim\./);
  },
);

it.each([
  ['port.label', 'port/usb-9', {target: 'usb-9', data: {label: 'B'}}],
  ['port.forget', 'port/usb-9', {target: 'usb-9'}],
  ['role.unbind', 'role/cam', {target: 'cam'}],
  ['job.cancel', `job/${WISH_ID}`, {target: WISH_ID}],
])('%s of what only such an event has told of is refused so, too', (name, about, wish) => {
  expect(codeOf(decide(name, KNOWN, wish))).toMatch(/^unknown-/);
  expect(codeOf(decide(name, {...KNOWN, readOnly: {[about]: 9}}, wish))).toBe('newer-event');
});
