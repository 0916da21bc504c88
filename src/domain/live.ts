import {z} from 'zod';

import {Containers} from './container/container.ts';
import {Uevent} from './kernel-device.ts';
import {HostMetrics} from './leaf/host-metrics.ts';
import {PortUser} from './port/user.ts';

/** What the agent says of itself every other second. */
export const Beat = z
  .object({
    version: z.string().describe('of cim-tui, e.g. "0.1.0"'),
    limit: z.string().nullable().describe('what cannot be seen here and the remedy; null: all is'),
    sequence: z.number().int().nonnegative().describe('of the newest event it has applied'),
  })
  .describe('The agent lives. Who misses three of them calls what it shows stale.');
export type Beat = z.infer<typeof Beat>;

/** Uevents of a tenth of a second. */
export const UeventBatch = z
  .object({
    uevents: z.array(Uevent),
    omitted: z.number().int().nonnegative().describe('how many more came than are sent'),
  })
  .describe('Raw uevents as the agent gets them, those of a tenth of a second together.');
export type UeventBatch = z.infer<typeof UeventBatch>;

/** Who uses which port. */
export const PortUserReadings = z
  .record(z.string(), PortUser)
  .describe('Who uses each port, by port id; all of them, when one has changed.');

/** Kinds of messages on `cim.L.live.<kind>.all`; events republished by the server come beside. */
export const LIVE_SCHEMAS = {
  agent: Beat,
  uevent: UeventBatch,
  user: PortUserReadings,
  host: HostMetrics,
  container: Containers,
} as const;

export type LiveKind = keyof typeof LIVE_SCHEMAS;
