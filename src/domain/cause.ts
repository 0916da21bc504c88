import {z} from 'zod';

/** What made facts be seen that is not itself stored: WIRE.md, Event, `data.cause`. */
export const UnstoredCause = z
  .object({
    id: z.string().describe('"uevent-" and the kernel\'s number of it, "link-" and the ifindex, …'),
    type: z.enum(['uevent', 'link', 'enumeration']),
    time: z.iso.datetime().describe('when it was seen'),
    summary: z.string().describe('one line, e.g. "kernel add /devices/virtual/net/br0 (net)"'),
  })
  .meta({id: 'UnstoredCause', description: 'what made this be seen; it is not stored itself'});
export type UnstoredCause = z.infer<typeof UnstoredCause>;

/** The field of an observed event that holds it. */
export const causeField = {cause: UnstoredCause.optional()};
