import {describe, expect, test} from 'vitest';

import {
  type IdentityClaims,
  identityOf,
  isPermanentMac,
  isSerialAccepted,
} from '#domain/device/identity.ts';

const DEVPATH = '/devices/pci0000:00/0000:00:14.0/usb1/1-3';

const claims = (fields: Partial<IdentityClaims>): IdentityClaims => ({
  position: '0000/14.0/usb/3',
  devpath: DEVPATH,
  wwid: null,
  mac: null,
  ids: '0403:6001',
  serial: null,
  ...fields,
});

describe('identity', () => {
  const mac = {address: 'B4:2E:99:0A:1B:2C', assignType: '0'};

  test('is the best proof there is', () => {
    expect(identityOf(claims({wwid: 'eui.0025385b', mac, serial: 'A50285BI'}))).toEqual({
      kind: 'wwid',
      value: 'eui.0025385b',
    });
    expect(identityOf(claims({mac, serial: 'A50285BI'}))).toEqual({
      kind: 'mac',
      value: 'b4:2e:99:0a:1b:2c',
    });
    expect(identityOf(claims({serial: 'A50285BI'}))).toEqual({
      kind: 'serial',
      value: '0403:6001:A50285BI',
    });
  });

  test('is the place and the kind where a unit says nothing of itself', () => {
    expect(identityOf(claims({}))).toEqual({kind: 'position', value: '0000/14.0/usb/3 0403:6001'});
    expect(identityOf(claims({ids: null}))).toEqual({kind: 'position', value: '0000/14.0/usb/3'});
  });
});

test.each(['', ' ', '0000000000', 'FFFF', '0123456789AB', '123456789012', 'x.0000:00:14.0-3'])(
  'a serial "%s" is no proof',
  (serial) => {
    expect(isSerialAccepted(serial, DEVPATH)).toBe(false);
  },
);

test('an ordinary serial is a proof', () => {
  expect(isSerialAccepted('0001', DEVPATH)).toBe(true);
  expect(isSerialAccepted('A50285BI', DEVPATH)).toBe(true);
});

test('the name of a folder above it is no proof: root hubs bear their controller as a serial', () => {
  const devpath = '/devices/platform/dummy_hcd.0/usb3';
  expect(isSerialAccepted('dummy_hcd.0', devpath)).toBe(false);
  expect(isSerialAccepted('dummy_hcd.1', devpath)).toBe(true);
});

test.each([
  ['b4:2e:99:0a:1b:2c', '0', true],
  ['b4:2e:99:0a:1b:2c', '1', false],
  ['b4:2e:99:0a:1b:2c', null, false],
  ['b6:2e:99:0a:1b:2c', '0', false],
  ['00:00:00:00:00:00', '0', false],
  ['none', '0', false],
])('MAC %s of assign type %s: %s', (address, assignType, isPermanent) => {
  expect(isPermanentMac(address, assignType)).toBe(isPermanent);
});
