import {z} from 'zod';

/** How the machine is: read live, never stored. null: it cannot be read here. */
export const HostMetrics = z
  .object({
    load: z.number().nonnegative().describe('processes that run or wait, mean of the last minute'),
    cores: z.number().int().positive().describe('how many processors the kernel uses'),
    memoryUsedBytes: z
      .number()
      .int()
      .nonnegative()
      .describe('bytes that are not available to programs'),
    memoryBytes: z.number().int().positive().describe('bytes there are'),
    diskUsedBytes: z
      .number()
      .int()
      .nonnegative()
      .describe('bytes, on the file system of the event store'),
    diskBytes: z.number().int().positive().describe('bytes it has'),
    temperatureC: z.number().nullable().describe('of the processor, °C; null: cannot be read'),
    seenAt: z.iso.datetime().describe('time of the reading'),
  })
  .meta({id: 'HostMetrics', description: 'how the machine is: read live, never stored'});
export type HostMetrics = z.infer<typeof HostMetrics>;
