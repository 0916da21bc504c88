import {expect, it} from 'vitest';

import type {PortUsers} from '#domain/port/user.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {initialInventory} from '#projections/inventory.ts';
import {createUserWatch} from '#services/port/watch-users.ts';
import {createKeptLog} from '#test/support/silent-log.ts';

const FREE: PortUsers = {
  'usb-1': {kind: 'free', name: null, unit: null, processes: [], seenAt: '', marks: []},
};

/** A watch whose readings are answered by hand. */
function setUp() {
  const clock = createMemoryClock();
  const readings: PromiseWithResolvers<PortUsers>[] = [];
  const told: PortUsers[] = [];
  const log = createKeptLog();
  const watch = createUserWatch({
    reader: {
      read() {
        const reading = Promise.withResolvers<PortUsers>();
        readings.push(reading);
        return reading.promise;
      },
    },
    clock,
    log,
    inventory: () => initialInventory,
    devpaths: () => new Map(),
    onChange: (users) => told.push(users),
    signal: new AbortController().signal,
  });
  watch.start();
  return {clock, readings, told, log, watch};
}

it('reads at the start and every 30 s', async () => {
  const {clock, readings, told} = setUp();
  await clock.turn(0);
  readings[0]?.resolve(FREE);
  await clock.turn(0);
  await clock.turn(30_000);
  expect(readings).toHaveLength(2);
  expect(told).toEqual([FREE]);
});

it('reads again for a plug that came while it was reading', async () => {
  const {clock, readings, watch} = setUp();
  await clock.turn(0);
  watch.refresh();
  await clock.turn(1_000);
  readings[0]?.resolve(FREE);
  await clock.turn(0);
  await clock.turn(150);
  expect(readings).toHaveLength(2);
});

it('tells and reads nothing any more once it was stopped while reading', async () => {
  const {clock, readings, told, log, watch} = setUp();
  await clock.turn(0);
  watch.stop();
  readings[0]?.resolve(FREE);
  await clock.turn(120_000);
  watch.refresh();
  await clock.turn(120_000);
  expect(readings).toHaveLength(1);
  expect(told).toEqual([]);
  expect(log.lines).toEqual([]);
});
