import {z} from 'zod';

/** What every row that stands for stored state says of its age. */
export const rowFields = {
  since: z.iso.datetime().describe('time of the event that last changed what it is or where'),
  sequence: z.number().int().nonnegative().describe('of the newest event about it'),
  fields: z
    .record(z.string(), z.number().int().nonnegative())
    .describe('for each field, the sequence of the event that set it'),
};
