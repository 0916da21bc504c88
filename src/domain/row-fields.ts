import {z} from 'zod';

import {describe} from './describe.ts';

/** What every row that stands for stored state says of its age. */
export const rowFields = {
  since: describe(z.iso.datetime(), 'time of the event that last changed what it is or where'),
  sequence: describe(z.number().int().nonnegative(), 'of the newest event about it'),
  fields: describe(
    z.record(z.string(), z.number().int().nonnegative()),
    'for each field, the sequence of the event that set it',
  ),
};
