import {afterEach, expect, it} from 'vitest';

import {localTime} from '#cli/local-time.ts';

const zone = process.env.TZ;
afterEach(() => {
  process.env.TZ = zone ?? '';
});

it.each([
  ['Europe/Berlin', '2026-11-22T16:21:30.000Z', '2026-11-22T17:21:30+01:00'],
  ['Europe/Berlin', '2026-07-22T16:21:30.000Z', '2026-07-22T18:21:30+02:00'],
  ['America/St_Johns', '2026-01-01T01:00:00.000Z', '2025-12-31T21:30:00-03:30'],
  ['UTC', '2026-11-22T16:21:30.000Z', '2026-11-22T16:21:30+00:00'],
  ['UTC', '-', '-'],
])('in %s, %s reads %s', (TZ, iso, local) => {
  process.env.TZ = TZ;
  expect(localTime(iso)).toBe(local);
});
