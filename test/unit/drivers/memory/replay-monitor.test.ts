import {expect, test} from 'vitest';

import type {RecordingStep} from '#contracts/recording.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createReplayMonitor} from '#drivers/memory/replay-monitor.ts';
import {createPacedClock} from '#drivers/system/paced-clock.ts';
import {bridgeOf} from '#test/support/hardware.ts';

const HEADER = {kernel: null, machine: null, startedAt: null, isMasked: false, hasUdev: true};
const BRIDGE = bridgeOf('br0', 3);
const drops = (atMs: number, count: number): RecordingStep => ({
  atMs,
  notice: {kind: 'drops', count},
  changed: count === 2 ? [BRIDGE] : [],
  gone: count === 3 ? ['/devices/virtual'] : [],
});
const STEPS = [drops(0, 1), drops(1500, 2), drops(1500, 4), drops(4000, 3)];

async function replayed(speed: number) {
  const clock = createMemoryClock();
  const paced = createPacedClock(clock, speed, Date.UTC(2026, 0, 1));
  const monitor = createReplayMonitor(
    {header: HEADER, devices: [], links: [], steps: STEPS},
    paced,
  );
  const told: string[] = [];
  const ending = new AbortController();
  await clock.turn(700); // the time of a recording begins when it is listened to
  const ability = await monitor.start((notice) => {
    const seconds = paced.iso().slice(17, 23);
    told.push(`${seconds} ${notice.kind === 'drops' ? notice.count : notice.kind}`);
  }, ending.signal);
  return {clock, monitor, told, ending, ability};
}

test('tells each step at its time, and reads as sysfs did then', async () => {
  const {clock, monitor, told, ability} = await replayed(1);
  expect(ability).toEqual({hasUdev: true, limit: null});
  await clock.turn(1499);
  expect(told).toEqual(['00.700 1']);
  expect(await monitor.read(BRIDGE.devpath)).toEqual([]);
  await clock.turn(1);
  expect(told.slice(1)).toEqual(['02.200 2', '02.200 4']);
  expect(await monitor.read(BRIDGE.devpath)).toEqual([BRIDGE]);
  await clock.turn(10_000);
  expect(told.slice(3)).toEqual(['04.700 3']);
  expect(await monitor.enumerate(new AbortController().signal)).toEqual([]);
  await monitor.ended;
});

test('goes ten times as fast on a clock that does', async () => {
  const {clock, told} = await replayed(10);
  await clock.turn(150);
  expect(told).toEqual(['07.000 1', '08.500 2', '08.500 4']);
});

test('says nothing more once it is ended', async () => {
  const {clock, told, ending} = await replayed(1);
  await clock.turn(100);
  ending.abort();
  await clock.turn(10_000);
  expect(told).toEqual(['00.700 1']);
});
