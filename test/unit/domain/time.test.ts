import fc from 'fast-check';
import {describe, expect, it} from 'vitest';

import {epochMsOf} from '#domain/time.ts';

describe('the time of an event', () => {
  it('is what Date makes of it, from the year 1 to 9999', () => {
    const moment = fc.date({
      min: new Date('0001-01-01T00:00:00.000Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, (date) => {
        expect(epochMsOf(date.toISOString())).toBe(date.getTime());
      }),
      {numRuns: 1000},
    );
  });

  it('is no number for any other text', () => {
    for (const text of ['', 'yesterday', '2026-11-22', '2026-11-22T16:00:00+01:00']) {
      expect(epochMsOf(text)).toBeNaN();
    }
  });
});
