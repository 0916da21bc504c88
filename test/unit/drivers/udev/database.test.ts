import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';

import {createUdevDatabase} from '#drivers/udev/database.ts';
import {findUdevd} from '#drivers/udev/udevd.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cim-udev-'));
  mkdirSync(join(root, 'udev', 'data'), {recursive: true});
  writeFileSync(join(root, 'udev', 'data', 'n3'), 'I:123\nE:ID_NET_NAME=enp1s0\nV:1\n');
  writeFileSync(
    join(root, 'udev', 'data', 'c188:0'),
    'S:serial/by-id/usb-FTDI\nE:ID_SERIAL_SHORT=A50285BI\n',
  );
});
afterEach(() => rmSync(root, {recursive: true}));

const net = {subsystem: 'net', name: 'eth0', ifindex: 3, major: undefined, minor: undefined};
const tty = {subsystem: 'tty', name: 'ttyUSB0', ifindex: null, major: '188', minor: '0'};

test('is read where udevd runs in our network', () => {
  const database = createUdevDatabase({isAlive: true, isSameNetwork: true}, root);
  expect(database.read(net)?.properties).toEqual({ID_NET_NAME: 'enp1s0'});
  expect(database.read(tty)).toEqual({
    properties: {ID_SERIAL_SHORT: 'A50285BI'},
    links: ['/dev/serial/by-id/usb-FTDI'],
  });
  expect(database.read({...tty, minor: '1'})).toBeUndefined();
});

test('is not believed on interfaces of another network, nor at all without udevd', () => {
  const elsewhere = createUdevDatabase({isAlive: true, isSameNetwork: false}, root);
  expect(elsewhere.read(net)).toBeUndefined();
  expect(elsewhere.read(tty)).toBeDefined();
  const dead = createUdevDatabase({isAlive: false, isSameNetwork: false}, root);
  expect(dead.read(tty)).toBeUndefined();
});

test('udevd is found by its socket, else by its process', () => {
  const roots = {procRoot: join(root, 'proc'), runRoot: '/run'};
  expect(findUdevd(roots)).toEqual({isAlive: false, isSameNetwork: false});
  mkdirSync(join(root, 'proc', '77'), {recursive: true});
  writeFileSync(join(root, 'proc', '77', 'comm'), 'systemd-udevd\n');
  expect(findUdevd(roots)).toEqual({isAlive: true, isSameNetwork: false});
  mkdirSync(join(root, 'proc', 'net'));
  writeFileSync(
    join(root, 'proc', 'net', 'unix'),
    'ffff: 00000002 00000000 00010000 0005 01 999 /run/udev/control\n',
  );
  expect(findUdevd(roots)).toEqual({isAlive: true, isSameNetwork: true});
});
