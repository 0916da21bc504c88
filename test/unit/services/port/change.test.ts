import {describe, expect, it} from 'vitest';

import type {Fact} from '#domain/catalogue.ts';
import {NEVER_READ, type PortUser} from '#domain/port/user.ts';
import {adapterAdded, inventoryAfter, recordedFact, socketAdded} from '#test/support/facts.ts';
import {appliedChange, networkAdded, wantedChange} from '#test/support/port-changes.ts';
import {codeOf, decide} from '#test/support/wishes.ts';

const LAN = networkAdded('d-bbbbbbbbbb', 'lan');
const USB = [socketAdded('usb-1'), adapterAdded('d-aaaaaaaaaa', 'usb-1')];
const using = (...marks: PortUser['marks']): PortUser => ({
  ...NEVER_READ,
  kind: 'host',
  name: 'x',
  marks,
});
const NOBODY = {interface: null, tty: null};
const UPLINK = {users: {lan: using('route')}, caller: NOBODY};
const SESSION = {users: {}, caller: {interface: 'lan', tty: null}};
const BOOT = {users: {lan: using('boot', 'mount')}, caller: NOBODY};
const role: Fact = {
  type: 'cim.role.bound.v1',
  subject: 'scale',
  data: {
    target: {kind: 'port', portId: 'usb-1' as never},
    selector: {class: null, suffix: null},
    before: null,
  },
};

describe('a wish about the hardware of a port', () => {
  it('stores what is wanted, and what was', () => {
    const given = inventoryAfter(...USB, wantedChange('usb-1', {baud: 9600}, null));
    const wish = {target: 'usb-1', data: {baud: 115_200, trySeconds: 60}};
    expect(decide('port.set', given, wish)).toEqual([
      {
        type: 'cim.port.change-requested.v1',
        subject: 'usb-1',
        data: {change: {baud: 115_200}, before: {baud: 9600}, trySeconds: 60},
      },
    ]);
  });

  it.each([
    ['boot-disk', 'port.disable', BOOT, {}],
    ['boot-disk', 'port.down', BOOT, {trySeconds: 120}],
    ['last-uplink', 'port.disable', UPLINK, {}],
    ['own-session', 'port.down', SESSION, {}],
    ['own-session', 'port.set', SESSION, {mtu: 900}],
    ['cim.port.change-requested.v1', 'port.disable', UPLINK, {trySeconds: 120}],
    ['cim.port.change-requested.v1', 'port.down', SESSION, {trySeconds: 120}],
    ['cim.port.change-requested.v1', 'port.up', SESSION, {}],
    ['cim.port.change-requested.v1', 'port.disable', {users: {}, caller: NOBODY}, {}],
  ])('is answered with %s', (code, name, stake, data) => {
    expect(codeOf(decide(name, inventoryAfter(LAN), {target: 'lan', data, stake}))).toBe(code);
  });

  it.each([
    ['not-for-this-port', 'port.up', 'usb-1', {}],
    ['not-for-this-port', 'port.set', 'lan', {baud: 9600}],
    ['not-for-this-port', 'port.down', 'usb-2', {}],
    ['nothing-to-change', 'port.enable', 'usb-1', {}],
    ['nothing-to-change', 'port.set', 'usb-1', {}],
    ['nothing-to-change', 'port.release', 'usb-1', {}],
    ['nothing-on-trial', 'port.confirm', 'usb-1', {}],
    ['unknown-port', 'port.disable', 'usb-9', {}],
    ['bad-request', 'port.disable', 'usb-1', {trySeconds: 1}],
    ['bad-request', 'port.set', 'lan', {mtu: 10}],
  ])('is refused with %s', (code, name, target, data) => {
    const given = inventoryAfter(...USB, socketAdded('usb-2'), LAN);
    expect(codeOf(decide(name, given, {target, data}))).toBe(code);
  });

  it('waits for nothing but a change that is tried', () => {
    const tried = inventoryAfter(LAN, wantedChange('lan', {link: 'down'}, 60));
    expect(codeOf(decide('port.disable', tried, {target: 'lan'}))).toBe('change-open');
    const plain = inventoryAfter(LAN, wantedChange('lan', {link: 'down'}, null));
    expect(codeOf(decide('port.up', plain, {target: 'lan'}))).toMatch(/^cim/);
  });

  it('is refused where something newer was wanted than the person saw', () => {
    const given = inventoryAfter(LAN, wantedChange('lan', {link: 'down'}, null));
    const wish = {target: 'lan', seen: 1};
    expect(codeOf(decide('port.up', given, wish))).toBe('changed-meanwhile');
  });
});

describe('release', () => {
  it('unbinds the roles of a port, and lets go of all that is wanted of it', () => {
    const given = inventoryAfter(...USB, role, wantedChange('usb-1', {baud: 9600}, null));
    expect(decide('port.release', given, {target: 'usb-1'})).toMatchObject([
      {type: 'cim.role.unbound.v1', subject: 'scale'},
      {
        type: 'cim.port.change-requested.v1',
        data: {change: {baud: null}, before: {baud: 9600}, trySeconds: null},
      },
    ]);
  });

  it('unbinds alone where nothing is wanted', () => {
    const verdict = decide('port.release', inventoryAfter(...USB, role), {target: 'usb-1'});
    expect(codeOf(verdict)).toBe('cim.role.unbound.v1');
  });
});

describe('confirm and undo', () => {
  const deadline = '2026-11-22T16:02:00.000Z';
  const request = wantedChange('lan', {link: 'up'}, 60);
  const applied = appliedChange('lan', {link: 'up'}, {requested: 2, deadline});

  it('keeps what is on trial', () => {
    const given = inventoryAfter(LAN, request, applied);
    expect(decide('port.confirm', given, {target: 'lan'})).toMatchObject([
      {type: 'cim.port.change-confirmed.v1', data: {requested: 2, change: {link: 'up'}}},
    ]);
  });

  it('does not keep what comes back just now', () => {
    const given = inventoryAfter(LAN, request, applied);
    const wish = {target: 'lan', time: '2026-11-22T16:01:59.800Z'};
    expect(codeOf(decide('port.confirm', given, wish))).toBe('nothing-on-trial');
    const early = {target: 'lan', time: '2026-11-22T16:01:59.000Z'};
    expect(codeOf(decide('port.confirm', given, early))).toBe('cim.port.change-confirmed.v1');
  });

  it('as it was found can cut off, too', () => {
    const up = wantedChange('lan', {link: 'up'}, null);
    const done = appliedChange('lan', {link: 'up'}, {requested: 2, found: {link: 'down'}});
    const given = inventoryAfter(LAN, up, done);
    const wish = {target: 'lan', stake: SESSION};
    expect(codeOf(decide('port.release', given, wish))).toBe('own-session');
    const found = appliedChange('lan', {link: 'up'}, {requested: 2, found: {link: 'up'}});
    expect(codeOf(decide('port.release', inventoryAfter(LAN, up, found), wish))).toMatch(/^cim/);
  });

  it('an undo that would cut off who asks is refused as the wish would be', () => {
    const up = wantedChange('lan', {link: 'up'}, null);
    const before: Fact = {
      ...up,
      data: {change: {link: 'up'}, before: {link: 'down'}, trySeconds: null},
    } as Fact;
    const given = inventoryAfter(LAN, before);
    const wish = {target: '2', event: recordedFact(2, before)};
    expect(codeOf(decide('event.undo', given, {...wish, stake: SESSION}))).toBe('own-session');
    expect(codeOf(decide('event.undo', given, wish))).toBe('cim.port.change-requested.v1');
  });
});
