import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {expect, test} from 'vitest';

import {createSystemClock} from '#drivers/system/clock.ts';

test('knows a right clock by the mark of systemd-timesyncd, and says when it cannot know', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cim-leaf-test-'));
  const stateIn = (timesyncFolder: string) => createSystemClock({timesyncFolder}).state();
  expect(stateIn(join(folder, 'missing'))).toBe('unknown');
  expect(stateIn(folder)).toBe('unsynced');
  writeFileSync(join(folder, 'synchronized'), '');
  expect(stateIn(folder)).toBe('synced');
  rmSync(folder, {recursive: true});
});
