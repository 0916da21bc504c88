import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {expect, test} from 'vitest';

import {createSystemClock} from '#drivers/system/clock.ts';
import {createSystemIds} from '#drivers/system/ids.ts';

test('knows a right clock by the mark of systemd-timesyncd, and says when it cannot know', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cim-leaf-test-'));
  const stateIn = (timesyncFolder: string) => createSystemClock({timesyncFolder}).state();
  expect(stateIn(join(folder, 'missing'))).toBe('unknown');
  expect(stateIn(folder)).toBe('unsynced');
  writeFileSync(join(folder, 'synchronized'), '');
  expect(stateIn(folder)).toBe('synced');
  rmSync(folder, {recursive: true});
});

test('calls once after a delay, unless taken back', async () => {
  const clock = createSystemClock();
  const called: string[] = [];
  clock.after(1, () => called.push('taken back'))();
  await new Promise<void>((resolve) => {
    clock.after(2, resolve);
  });
  expect(called).toEqual([]);
  expect(clock.iso(0)).toBe('1970-01-01T00:00:00.000Z');
  expect(clock.iso()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('ids are new and in the shape of the wire', () => {
  const ids = createSystemIds();
  expect(new Set(Array.from({length: 100}, () => ids.messageId())).size).toBe(100);
  expect(ids.messageId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  expect(ids.deviceId()).toMatch(/^d-[a-z2-7]{10}$/);
});
