import {describe, expect, test} from 'vitest';

import {deviceClassJsonSchema} from '#devices/class.ts';
import {DEVICE_CLASSES} from '#devices/classes.ts';
import {isGlobMatch} from '#devices/match.ts';
import {loadFixture, observe} from '#test/support/hardware.ts';

/** Functions of the unit in a position, as `class suffix`. */
function functionsIn(position: string, ...fixtures: readonly string[]): readonly string[] {
  const device = observe(fixtures.flatMap(loadFixture)).devices.get(position);
  return (device?.description.functions ?? []).map((each) => `${each.class} ${each.id}`);
}

const nodesIn = (position: string, fixture: string): readonly string[] =>
  (observe(loadFixture(fixture)).devices.get(position)?.description.functions ?? []).flatMap(
    ({nodes}) => nodes.map(({path, as}) => `${as} ${path}`),
  );

describe('functions', () => {
  test('an adapter is one serial function', () => {
    expect(functionsIn('0000/14.0/usb/3', 'ftdi-1-3')).toEqual(['serial :1.0/port0']);
    expect(nodesIn('0000/14.0/usb/3', 'ftdi-1-3')).toEqual(['tty /dev/ttyUSB0']);
  });

  test('a modem is one function of all its lines, and its interface another', () => {
    expect(functionsIn('0000/14.0/usb/3', 'lte-stick-1-3')).toEqual(['modem ', 'network :1.8']);
    expect(nodesIn('0000/14.0/usb/3', 'lte-stick-1-3')).toEqual([
      'control /dev/cdc-wdm0',
      'tty /dev/ttyUSB0',
      'tty /dev/ttyUSB1',
      'tty /dev/ttyUSB2',
    ]);
    expect(functionsIn('0000/1c.4/00.0', 'field-box')[0]).toBe('modem ');
    expect(nodesIn('0000/1c.4/00.0', 'field-box')).toEqual([
      'at /dev/wwan0at0',
      'control /dev/wwan0mbim0',
      'diag /dev/wwan0qcdm0',
    ]);
  });

  test('a camera is one association of video and one of sound', () => {
    expect(functionsIn('0000/14.0/usb/4', 'camera-1-4')).toEqual(['video :1.0', 'audio :1.2']);
    expect(nodesIn('0000/14.0/usb/4', 'camera-1-4').slice(0, 3)).toEqual([
      'media /dev/media0',
      'capture /dev/video0',
      'metadata /dev/video1',
    ]);
  });

  test('a card reader is a function for each slot, absent while it is empty', () => {
    const {devices} = observe(loadFixture('card-reader-1-4'));
    const functions = devices.get('0000/14.0/usb/4')?.description.functions ?? [];
    expect(functions.map(({id, state, name}) => [id, state, name])).toEqual([
      [':1.0/lun0', 'present', '32 GB disk'],
      [':1.0/lun1', 'absent', 'no medium'],
      [':1.0/lun2', 'absent', 'no medium'],
      [':1.0/lun3', 'absent', 'no medium'],
    ]);
  });

  test('a hub is one device of both halves', () => {
    expect(functionsIn('0000/14.0/usb/1', 'edge-box', 'hub-1-1')).toEqual(['usb ']);
  });

  test('partitions belong to their disk', () => {
    expect(functionsIn('0000/1d.0/00.0', 'edge-box')).toEqual(['storage /ns1']);
    expect(functionsIn('0000/17.0/ata1/0:0', 'edge-box')).toEqual(['storage ']);
  });

  test('a unit that nothing is known of is one function of class other', () => {
    const [device] = loadFixture('ftdi-1-3');
    const {devices} = observe(device === undefined ? [] : [device]);
    const [only] = [...devices.values()];
    expect(only?.description.functions.map((each) => each.class)).toEqual(['other']);
  });
});

test('each class has a name and a schema of its own, and other is the last resort', () => {
  const names = DEVICE_CLASSES.map(({name}) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(DEVICE_CLASSES.find(({name}) => name === 'other')?.priority).toBe(0);
  expect(deviceClassJsonSchema()).toMatchObject({type: 'object'});
});

test.each([
  ['event*', 'event12', true],
  ['event*', 'mouse0', false],
  ['*', '', true],
  ['a*b*c', 'aXbYc', true],
  ['a*b*c', 'ac', false],
  ['ab*ba', 'aba', false],
  ['tty', 'tty', true],
  ['tty', 'tty0', false],
])('%s fits %s: %s', (glob, text, fits) => {
  expect(isGlobMatch(glob, text)).toBe(fits);
});
