import {expect, test} from 'vitest';

import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createMemoryIds} from '#drivers/memory/ids.ts';

test('stands still until it is turned', async () => {
  const clock = createMemoryClock(1000);
  const called: string[] = [];
  clock.after(20, () => called.push(`b at ${clock.now()}`));
  clock.after(10, () => called.push(`a at ${clock.now()}`));
  clock.after(30, () => called.push('never'))();
  expect(called).toEqual([]);
  await clock.turn(25);
  expect(called).toEqual(['a at 1010', 'b at 1020']);
  expect([clock.now(), clock.monotonicMs()]).toEqual([1025, 25]);
  await clock.turn(100);
  expect(called).toHaveLength(2);
});

test('what a call sets going is due in the same turn', async () => {
  const clock = createMemoryClock();
  const times: number[] = [];
  const tick = () => {
    times.push(clock.monotonicMs());
    void Promise.resolve().then(() => clock.after(10, tick));
  };
  clock.after(10, tick);
  await clock.turn(45);
  expect(times).toEqual([10, 20, 30, 40]);
});

test('the wall clock can be set without the other', async () => {
  const clock = createMemoryClock(1000);
  await clock.turn(500);
  clock.setNow(Date.UTC(2026, 0, 1));
  clock.setState('unsynced');
  expect(clock.iso()).toBe('2026-01-01T00:00:00.000Z');
  expect([clock.monotonicMs(), clock.state()]).toEqual([500, 'unsynced']);
  await clock.turn(7);
  expect(clock.iso()).toBe('2026-01-01T00:00:00.007Z');
});

test('ids are the same in every run', () => {
  const [one, other] = [createMemoryIds(), createMemoryIds()];
  const ids = Array.from({length: 40}, () => one.deviceId());
  expect(ids.slice(0, 2)).toEqual(['d-aaaaaaaaab', 'd-aaaaaaaaac']);
  expect(Array.from({length: 40}, () => other.deviceId())).toEqual(ids);
  expect(one.messageId()).toBe('00000000-0000-7000-8000-000000000001');
});
