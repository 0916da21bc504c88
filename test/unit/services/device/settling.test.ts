import {expect, test} from 'vitest';

import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createSettling} from '#services/device/settling.ts';

const UNIT = '/devices/usb1/1-3';

function start() {
  const clock = createMemoryClock();
  const busy = new Set<string>();
  const settled: number[] = [];
  const settling = createSettling({
    clock,
    isBusy: (unitPath) => busy.has(unitPath),
    onSettled: () => settled.push(clock.monotonicMs()),
  });
  return {clock, busy, settled, settling, begunMs: clock.monotonicMs()};
}

test('a unit is settled when nothing has come for 300 ms', async () => {
  const {clock, settled, settling, begunMs} = start();
  settling.touch(UNIT);
  await clock.turn(200);
  settling.touch(UNIT);
  await clock.turn(299);
  expect(settled).toEqual([]);
  await clock.turn(1);
  expect(settled).toEqual([begunMs + 500]);
  expect(settling.has(UNIT)).toBe(false);
});

test('a unit that never falls silent is settled after 2 s', async () => {
  const {clock, settled, settling, begunMs} = start();
  for (let ms = 0; ms < 2000; ms += 100) {
    settling.touch(UNIT);
    await clock.turn(100);
  }
  expect(settled).toEqual([begunMs + 2000]);
});

test('a unit that udev works on is waited for, but no longer than 6 s', async () => {
  const {clock, busy, settled, settling, begunMs} = start();
  busy.add(UNIT);
  settling.touch(UNIT);
  await clock.turn(2500);
  expect(settled).toEqual([]);
  busy.clear();
  await clock.turn(300);
  expect(settled).toHaveLength(1);

  busy.add(UNIT);
  settling.touch(UNIT);
  await clock.turn(5999);
  expect(settled).toHaveLength(1);
  await clock.turn(1);
  expect(settled[1]).toBe(begunMs + 2800 + 6000);
});
