import {z} from 'zod';

import {describe} from './describe.ts';
import {ClockState, Time} from './envelope.ts';

/** What a query may ask: WIRE.md, Query. What is not known is refused. */
export const QueryRequest = z.strictObject({
  target: describe(z.string().max(256).optional(), 'id or exact label: one row only'),
  limit: describe(z.number().int().positive().max(10_000).optional(), 'rows at most'),
  at: describe(
    z.union([z.number().int().positive(), Time]).optional(),
    'sequence, or time, as of which the answer is; left out: now',
  ),
  seen: describe(
    z.number().int().nonnegative().optional(),
    'sequence that whoever asks has seen: the answer is no older',
  ),
  after: describe(
    z
      .string()
      .regex(/^\d{1,15}(?::\d{1,9})?$/)
      .optional(),
    'next of the page before',
  ),
});
export type QueryRequest = z.infer<typeof QueryRequest>;

/** One page of an answer; who wants all goes on with `after` while there is a `next`. */
export const QueryPage = z.object({
  sequence: describe(z.number().int().nonnegative(), 'of the newest event the rows know of'),
  time: describe(
    z.string().nullable().default(null),
    'ISO time of that event; null: there is none; left out by agents that know no past',
  ),
  clock: describe(ClockState.nullable().optional(), 'how the clock stood at that event'),
  rows: z.array(z.unknown()),
  next: describe(z.string().optional(), 'where the next page begins; left out: this was the last'),
});
export type QueryPage = z.infer<typeof QueryPage>;

/** A page whose rows are of one shape. */
export const pageOf = <Row extends z.ZodType>(row: Row) => QueryPage.extend({rows: z.array(row)});

/** Everything about a query that is data. */
export interface QueryDescriptor {
  readonly view: string;
  readonly verb: string;
  readonly summary: string;
  /** Shape of a row of its answer. */
  readonly row: z.ZodType;
}
