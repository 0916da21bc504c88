import {describe, expect, it} from 'vitest';

import {UNREAD_CONTAINERS} from '#domain/container/container.ts';
import {UNREAD_ROLE_LINKS} from '#domain/role/link.ts';
import {foldInventory, initialInventory} from '#projections/inventory.ts';
import {
  type CellSource,
  type CellSubject,
  countOf,
  derivedFrom,
  deviceField,
  leafField,
  liveSource,
  portField,
  roleField,
  subjectOf,
} from '#store/cell-source.ts';
import {sourceLines} from '#store/source-lines.ts';
import {SAMPLE_NOW, sampleMessage} from '#test/support/sample-events.ts';
import {sampleInventory, sampleMessages, sampleUsers} from '#test/support/sample-inventory.ts';

const KNOWN = {
  inventory: sampleInventory,
  history: sampleMessages,
  users: sampleUsers,
  host: null,
  containers: UNREAD_CONTAINERS,
  roleLinks: UNREAD_ROLE_LINKS,
  connection: {kind: 'live', since: 0},
} as const;

/** `name event`, or what else a line is from. */
const told = (source: CellSource, subject: Partial<CellSubject>, known: object = {}) =>
  sourceLines(source, subjectOf(subject), {...KNOWN, ...known}).map(({name, origin}) =>
    origin.kind === 'event' ? `${name} ${origin.sequence}` : {name, ...origin},
  );

const USB3 = {portIds: ['usb-14-0-3']};

describe('a cell is from', () => {
  it('the event that set its field; what one event set is told together', () => {
    expect(told(portField('label'), USB3)).toEqual(['label 33']);
    const source = derivedFrom(portField('deviceId'), deviceField('model'), portField('link'));
    expect(told(source, USB3)).toEqual(['deviceId, link 32', 'model 20']);
  });

  it('the newest of the events that its age is counted from', () => {
    expect(told(portField('since'), {portIds: ['storage-17-0-1']})).toEqual(['since 30']);
  });

  it('each of several things, named', () => {
    const twins = {portIds: ['usb-14-0-1', 'usb-14-0-4']};
    expect(told(portField('label'), twins)).toEqual(['USB 1 label 21', 'USB 4 label 27']);
  });

  it('the role that leads there, by port or by name', () => {
    expect(told(roleField('target'), {portIds: ['usb-14-0-1']})).toEqual([
      'scanner-gate1 target 23',
    ]);
    expect(told(roleField('target'), {roleIds: ['plc']})).toEqual(['plc target 13']);
  });

  it('the event that took the role away, else the one since which the port is known', () => {
    expect(told(roleField('target'), USB3)).toEqual(['no role yet 32']);
    const before = {
      target: {kind: 'port', portId: 'usb-14-0-3'},
      selector: {class: null, suffix: null},
    };
    const unbound = {type: 'cim.role.unbound.v1', subject: 'scale', data: {before}, ago: 1};
    const history = [...sampleMessages, sampleMessage(34, unbound)];
    expect(told(roleField('target'), USB3, {history})).toEqual(['no role 34']);
  });

  it('the newest event of all that is counted', () => {
    expect(told(countOf({aggregate: 'port', field: 'state'}), {})).toEqual(['ports: state 32']);
    const some = {portIds: ['usb-14-0-1', 'usb-14-0-4']};
    expect(told(countOf({aggregate: 'port', field: 'state'}), some)).toEqual(['ports: state 28']);
  });

  it('the start of the recording where no event has set it', () => {
    expect(told(leafField('label'), {}, {inventory: initialInventory})).toEqual([
      'nothing since the start 0',
    ]);
    const started = foldInventory(initialInventory, sampleMessages.slice(0, 2));
    expect(told(leafField('label'), {}, {inventory: started})).toEqual([
      'nothing since the start 2',
    ]);
  });

  it('a reading, with its time; of many the oldest', () => {
    const seenAt = new Date(SAMPLE_NOW - 1000).toISOString();
    const live = {kind: 'live', name: 'user', reading: 'user'};
    expect(told(liveSource('user'), USB3)).toEqual([{...live, seenAt}]);
    const older = {
      ...sampleUsers,
      x: {...sampleUsers['usb-14-0-3'], seenAt: '2026-01-01T00:00:00Z'},
    };
    expect(told(liveSource('user'), {}, {users: older})).toMatchObject([
      {seenAt: '2026-01-01T00:00:00Z'},
    ]);
    expect(told(liveSource('load'), {})).toMatchObject([{reading: 'load', seenAt: null}]);
    expect(told(liveSource('limit'), {})).toMatchObject([{seenAt: 'beat'}]);
    const stale = {connection: {kind: 'stale', since: 0}};
    expect(told(liveSource('limit'), {}, stale)).toMatchObject([{seenAt: null}]);
  });
});
