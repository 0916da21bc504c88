import {describe, expect, it} from 'vitest';

import type {Fact} from '#domain/catalogue.ts';
import {NEVER_READ, type PortUser, type PortUsers} from '#domain/port/user.ts';
import {type CallerWay, hazardsOf, NO_WAY, portsAtStake} from '#projections/hazards.ts';
import {adapterAdded, inventoryAfter, socketAdded} from '#test/support/facts.ts';
import {networkAdded} from '#test/support/port-changes.ts';

const using = (marks: PortUser['marks'], name = 'x'): PortUser => ({
  ...NEVER_READ,
  kind: 'host',
  name,
  marks,
});

const KINDS = (
  facts: readonly Fact[],
  id: string,
  users: PortUsers,
  caller: CallerWay = NO_WAY,
) => {
  const inventory = inventoryAfter(...facts);
  const port = inventory.ports[id];
  return port === undefined ? undefined : hazardsOf({inventory, users, caller}, port).kinds;
};

const ROUTE = using(['route'], 'route');
const ETH = [networkAdded('d-aaaaaaaaaa', 'eth0'), networkAdded('d-bbbbbbbbbb', 'eth1')];
const BRIDGED = [
  networkAdded('d-cccccccccc', 'br0', {kind: 'virtual'}),
  networkAdded('d-aaaaaaaaaa', 'eth0', {parent: 'br0'}),
];

describe('what hangs on a port', () => {
  it('is the last uplink, not one of two', () => {
    expect(KINDS(ETH, 'eth0', {eth0: ROUTE})).toEqual(['last-uplink']);
    expect(KINDS(ETH, 'eth0', {eth0: ROUTE, eth1: ROUTE})).toEqual([]);
    expect(KINDS(ETH, 'eth1', {eth0: ROUTE})).toEqual([]);
  });

  it('is the session of who asks', () => {
    const caller = {interface: 'eth1', tty: null};
    expect(KINDS(ETH, 'eth1', {}, caller)).toEqual(['own-session']);
    expect(KINDS(ETH, 'eth0', {}, caller)).toEqual([]);
    const line = [socketAdded('usb-1'), adapterAdded('d-aaaaaaaaaa', 'usb-1')];
    expect(KINDS(line, 'usb-1', {}, {interface: null, tty: 'ttyUSB0'})).toEqual(['own-session']);
  });

  it('is what its bridge carries, where no other member could', () => {
    const caller = {interface: 'br0', tty: null};
    const users = {br0: ROUTE};
    const kinds = ['own-session', 'last-uplink'];
    expect(KINDS(BRIDGED, 'br0', users, caller)).toEqual(kinds);
    expect(KINDS(BRIDGED, 'eth0', users, caller)).toEqual(kinds);
    const twice = [...BRIDGED, networkAdded('d-dddddddddd', 'eth1', {parent: 'br0'})];
    expect(KINDS(twice, 'eth0', users, caller)).toEqual([]);
    const other = networkAdded('d-dddddddddd', 'eth1', {parent: 'br0', link: 'down'});
    expect(KINDS([...BRIDGED, other], 'eth0', users, caller)).toEqual(kinds);
  });

  it('is what stands on it, a VLAN for one', () => {
    const vlan = networkAdded('d-dddddddddd', 'vlan10', {kind: 'virtual'});
    const name = 'vlan10';
    const users = {eth0: {...using([]), carries: [name]}, vlan10: ROUTE};
    const caller = {interface: name, tty: null};
    const kinds = ['own-session', 'last-uplink'];
    expect(KINDS([...ETH, vlan], 'eth0', users, caller)).toEqual(kinds);
    expect(KINDS([...ETH, vlan], 'vlan10', users, caller)).toEqual(kinds);
    expect(KINDS([...ETH, vlan], 'eth1', users, caller)).toEqual([]);
    const inventory = inventoryAfter(...ETH, vlan);
    const marked = portsAtStake({inventory, users, caller});
    expect([...marked.keys()].sort()).toEqual(['eth0', 'vlan10']);
  });

  it('is all that hangs below a hub', () => {
    const dock = [socketAdded('usb-1'), networkAdded('d-aaaaaaaaaa', 'eth0', {parent: 'usb-1'})];
    expect(KINDS(dock, 'usb-1', {eth0: using(['boot', 'mount'], '/')})).toEqual(['boot-disk']);
    expect(KINDS(dock, 'usb-1', {eth0: ROUTE})).toEqual(['last-uplink']);
  });

  it('is the last keyboard that is not disabled', () => {
    const keyboard = (id: string, port: string): readonly Fact[] => {
      const added = adapterAdded(id, port);
      if (added.type !== 'cim.device.added.v1') {
        throw new TypeError(added.type);
      }
      const functions = added.data.functions.map((item) => ({
        ...item,
        class: 'input',
        name: 'keyboard, mouse',
      }));
      return [socketAdded(port), {...added, data: {...added.data, functions}}];
    };
    const one = keyboard('d-aaaaaaaaaa', 'usb-1');
    const two = [...one, ...keyboard('d-bbbbbbbbbb', 'usb-2')];
    expect(KINDS(one, 'usb-1', {})).toEqual(['last-keyboard']);
    expect(KINDS(two, 'usb-1', {})).toEqual([]);
    const disabled: Fact = {
      type: 'cim.port.changed.v1',
      subject: 'usb-2',
      data: {state: 'disabled', before: {state: 'present'}},
    };
    expect(KINDS([...two, disabled], 'usb-1', {})).toEqual(['last-keyboard']);
  });

  it('names who else uses it, and nobody where nobody does', () => {
    const inventory = inventoryAfter(...ETH);
    const users = {eth0: using(['mount'], '/srv'), eth1: {...NEVER_READ, kind: 'free' as const}};
    const view = {inventory, users, caller: NO_WAY};
    const usersOf = (id: string) => {
      const port = inventory.ports[id];
      return port === undefined ? undefined : hazardsOf(view, port).users;
    };
    expect(usersOf('eth0')).toEqual(['mounted at /srv']);
    expect(usersOf('eth1')).toEqual([]);
  });

  it('is told of all ports at once', () => {
    const view = {inventory: inventoryAfter(...ETH), users: {eth0: ROUTE}, caller: NO_WAY};
    expect([...portsAtStake(view)]).toEqual([['eth0', ['last-uplink']]]);
  });
});
