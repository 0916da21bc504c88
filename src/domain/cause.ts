import {z} from 'zod';

import {describe} from './describe.ts';

/** What made facts be seen that is not itself stored: WIRE.md, Event, `data.cause`. */
export const UnstoredCause = describe(
  z.object({
    id: describe(
      z.string(),
      '"uevent-" and the kernel\'s number of it, "link-" and the ifindex, …',
    ),
    type: z.enum(['uevent', 'link', 'enumeration']),
    time: describe(z.iso.datetime(), 'when it was seen'),
    summary: describe(z.string(), 'one line, e.g. "kernel add /devices/virtual/net/br0 (net)"'),
  }),
  {id: 'UnstoredCause', description: 'what made this be seen; it is not stored itself'},
);
export type UnstoredCause = z.infer<typeof UnstoredCause>;

/** The field of an observed event that holds it. */
export const causeField = {cause: UnstoredCause.optional()};
