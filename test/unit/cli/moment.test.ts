import fc from 'fast-check';
import {expect, test} from 'vitest';

import {readMoment} from '#cli/moment.ts';

const NOW = Date.UTC(2026, 10, 22, 16, 21, 30);

/** Local time, as `date` of this machine has it. */
const local = (day: number, hours: number, minutes: number) =>
  new Date(2026, 10, day, hours, minutes).toISOString();

test.each([
  ['18203', 18_203],
  ['-15m', '2026-11-22T16:06:30.000Z'],
  ['-2h', '2026-11-22T14:21:30.000Z'],
  ['-1d', '2026-11-21T16:21:30.000Z'],
  ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00.000Z'],
  ['2026-11-20T10:00+02:00', '2026-11-20T08:00:00.000Z'],
  ['2026-11-20 10:00', local(20, 10, 0)],
  ['2026-11-20', local(20, 0, 0)],
  ['today 9:05', local(22, 9, 5)],
  ['yesterday 14:00', local(21, 14, 0)],
  ['yesterday', local(21, 0, 0)],
  ['9:05', local(22, 9, 5)],
])('%s is a moment', (text, moment) => {
  expect(readMoment(text, NOW)).toBe(moment);
});

test.each([
  '',
  '0',
  '-',
  '-15',
  '15m',
  '25:00',
  'yesterday 14',
  'noon',
  '2026-13-01',
  'today 9:60',
  '1e3',
])('%j is none', (text) => {
  expect(readMoment(text, NOW)).toBeUndefined();
});

test('a time as events carry it is that time', () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: NOW * 2}), (ms) => {
      const iso = new Date(ms).toISOString();
      expect(readMoment(iso, NOW)).toBe(iso);
    }),
  );
});
