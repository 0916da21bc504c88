import {z} from 'zod';

import {describe} from '../describe.ts';

/** How the machine is: read live, never stored. null: it cannot be read here. */
export const HostMetrics = describe(
  z.object({
    load: describe(z.number().nonnegative(), 'processes that run or wait, mean of the last minute'),
    cores: describe(z.number().int().positive(), 'how many processors the kernel uses'),
    memoryUsedBytes: describe(
      z.number().int().nonnegative(),
      'bytes that are not available to programs',
    ),
    memoryBytes: describe(z.number().int().positive(), 'bytes there are'),
    diskUsedBytes: describe(
      z.number().int().nonnegative(),
      'bytes, on the file system of the event store',
    ),
    diskBytes: describe(z.number().int().positive(), 'bytes it has'),
    temperatureC: describe(z.number().nullable(), 'of the processor, °C; null: cannot be read'),
    seenAt: describe(z.iso.datetime(), 'time of the reading'),
  }),
  {id: 'HostMetrics', description: 'how the machine is: read live, never stored'},
);
export type HostMetrics = z.infer<typeof HostMetrics>;
