import {describe, expect, test} from 'vitest';

import {DEVICE_CLASSES} from '#devices/classes.ts';
import type {KernelDevice} from '#domain/kernel-device.ts';
import {createObserver} from '#services/device/observe.ts';
import {bridgeOf, linkOf, loadFixture, observe, tableOf} from '#test/support/hardware.ts';

const BOX = loadFixture('edge-box');
const cable = linkOf(2, 'eth0', {hasCarrier: true, speedMbps: 1000});
const portsOf = (devices: readonly KernelDevice[]) => [...observe(devices).ports.keys()].toSorted();

describe('what is there', () => {
  test('is the ports of the machine, empty sockets too, and nothing else', () => {
    expect(portsOf(BOX)).toEqual([
      '0000/14.0/usb/1',
      '0000/14.0/usb/2',
      '0000/14.0/usb/3',
      '0000/14.0/usb/4',
      '0000/17.0/ata1/0:0',
      '0000/1c.0/00.0',
      '0000/1d.0/00.0',
      'LNXPWRBN',
      'PNP0501-1',
      'i8042/i8042-kbd-port',
    ]);
  });

  test('an empty socket is absent, a soldered one is fixed', () => {
    const {ports} = observe(BOX);
    expect(ports.get('0000/14.0/usb/1')).toEqual({
      position: '0000/14.0/usb/1',
      kind: 'socket',
      class: 'usb',
      direction: 'both',
      parent: null,
      name: '1-1',
      state: 'absent',
      link: null,
      speedMbps: null,
    });
    expect(ports.get('0000/14.0/usb/4')?.kind).toBe('fixed');
  });

  test('a filled socket stays a usb port, and says nothing of a link', () => {
    const {ports, devices} = observe([...BOX, ...loadFixture('ftdi-1-3')]);
    expect(ports.get('0000/14.0/usb/3')).toMatchObject({
      class: 'usb',
      state: 'present',
      link: null,
    });
    expect(devices.get('0000/14.0/usb/3')?.description).toMatchObject({
      identity: {kind: 'serial', value: '0403:6001:A50285BI'},
      ids: '0403:6001',
      driver: 'ftdi_sio',
      name: 'FTDI FT232R USB UART',
    });
  });

  test('the sockets of a hub hang below the one it is in', () => {
    const {ports} = observe([...BOX, ...loadFixture('hub-1-1'), ...loadFixture('disk-2-2.4')]);
    const below = [...ports.values()].filter(({parent}) => parent === '0000/14.0/usb/1');
    expect(below.map(({name, state}) => `${name} ${state}`).toSorted()).toEqual([
      '1-1.1 absent',
      '1-1.2 absent',
      '1-1.3 absent',
      '2-2.4 present',
    ]);
  });

  test('units are known by the best they say of themselves', () => {
    const {devices} = observe(BOX);
    const identity = (position: string) => devices.get(position)?.description.identity;
    expect(identity('0000/1d.0/00.0')).toEqual({kind: 'wwid', value: 'eui.0025385b91b0a1c2'});
    expect(identity('0000/1c.0/00.0')).toEqual({kind: 'mac', value: 'b4:2e:99:0a:1b:2c'});
    expect(identity('PNP0501-1')).toEqual({kind: 'position', value: 'PNP0501-1 PNP0501'});
  });
});

describe('links', () => {
  test('an RJ45 without a cable is absent and down, with one present and up', () => {
    expect(observe(BOX, [linkOf(2, 'eth0')]).ports.get('0000/1c.0/00.0')).toMatchObject({
      class: 'network',
      kind: 'fixed',
      name: 'eth0',
      state: 'absent',
      link: 'down',
      speedMbps: null,
    });
    expect(observe(BOX, [cable]).ports.get('0000/1c.0/00.0')).toMatchObject({
      state: 'present',
      link: 'up',
      speedMbps: 1000,
    });
  });

  test('a bridge is present whatever its link, and its members hang below it', () => {
    const member = linkOf(2, 'eth0', {master: 'br0'});
    const {ports} = observe(
      [...BOX, bridgeOf('br0', 7)],
      [member, linkOf(7, 'br0', {kind: 'bridge'})],
    );
    expect(ports.get('virtual/net/br0')).toMatchObject({
      kind: 'virtual',
      state: 'present',
      link: 'down',
    });
    expect(ports.get('0000/1c.0/00.0')?.parent).toBe('virtual/net/br0');
  });

  test.each(['lo', 'veth12ab', 'ifb0', 'sit0'])('%s is not shown', (name) => {
    const device = {...bridgeOf(name, 9), devtype: null};
    expect(observe([device], [linkOf(9, name, {kind: 'virtual'})]).ports.size).toBe(0);
  });
});

describe('working it out again', () => {
  test('gives the same objects where nothing has changed', () => {
    const look = createObserver(DEVICE_CLASSES);
    const table = tableOf(BOX, [bridgeOf('br0', 7)]);
    const before = look(table, new Map([[2, cable]]));
    const after = look(table, new Map([[2, linkOf(2, 'eth0')]]));
    const changed = [...after.ports].filter(([at, port]) => before.ports.get(at) !== port);
    expect(changed.map(([at]) => at)).toEqual(['0000/1c.0/00.0']);
    expect(after.devices.get('0000/1d.0/00.0')).toBe(before.devices.get('0000/1d.0/00.0'));
  });

  test('sees what came and went', () => {
    const look = createObserver(DEVICE_CLASSES);
    const table = tableOf(BOX);
    expect(look(table, new Map()).devices.has('0000/14.0/usb/3')).toBe(false);
    const [unit] = loadFixture('ftdi-1-3');
    table.replace(unit?.devpath ?? '', loadFixture('ftdi-1-3'));
    expect(look(table, new Map()).devices.has('0000/14.0/usb/3')).toBe(true);
    table.replace(unit?.devpath ?? '', []);
    expect(look(table, new Map()).devices.has('0000/14.0/usb/3')).toBe(false);
  });

  test('of 400 devices only what has changed is looked at again', () => {
    const many = Array.from({length: 400}, (_, index) => bridgeOf(`br${index}`, index + 100));
    const look = createObserver(DEVICE_CLASSES);
    const table = tableOf(BOX, many);
    const before = look(table, new Map());
    table.replace('/devices/virtual/net/br0', []);
    const after = look(table, new Map());
    const isSame = [...after.devices].map(([key, device]) => before.devices.get(key) === device);
    expect(after.devices.size).toBe(before.devices.size - 1);
    expect(isSame.every(Boolean)).toBe(true);
  });
});
