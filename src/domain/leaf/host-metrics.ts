import {z} from 'zod';

/** How the machine is: read live, never stored. null: it cannot be read here. */
export const HostMetrics = z.object({
  load: z.number().nonnegative().describe('processes that run or wait, mean of the last minute'),
  cores: z.number().int().positive(),
  memoryUsedBytes: z.number().int().nonnegative().describe('what is not available to programs'),
  memoryBytes: z.number().int().positive(),
  diskUsedBytes: z.number().int().nonnegative().describe('on the file system of the event store'),
  diskBytes: z.number().int().positive(),
  temperatureC: z.number().nullable().describe('of the processor'),
  seenAt: z.iso.datetime(),
});
export type HostMetrics = z.infer<typeof HostMetrics>;
