import {expect, test} from 'vitest';

import type {Uevent} from '#domain/kernel-device.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createUdevLag} from '#services/device/udev-lag.ts';

const record = (source: Uevent['source'], seqnum: number, devpath = '/devices/a'): Uevent => ({
  source,
  action: 'add',
  devpath,
  subsystem: 'usb',
  seqnum,
  properties: {},
});

test('knows what udev still works on, and counts what it never answered', async () => {
  const clock = createMemoryClock();
  const lag = createUdevLag(clock);
  lag.take(record('kernel', 1, '/devices/a/b'));
  lag.take(record('kernel', 2));
  expect(lag.isWaiting('/devices/a')).toBe(true);
  expect(lag.isWaiting('/devices/a/b/c')).toBe(false);
  lag.take(record('udev', 1, '/devices/a/b'));
  expect(lag.isWaiting('/devices/a/b')).toBe(false);
  await clock.turn(9000);
  expect(lag.late()).toBe(0);
  await clock.turn(1000);
  expect(lag.late()).toBe(1);
  expect(lag.isWaiting('/devices/a')).toBe(false);
});
