import {z} from 'zod';

import {Containers} from './container/container.ts';
import {describe} from './describe.ts';
import {JobProgress} from './job/progress.ts';
import {Uevent} from './kernel-device.ts';
import {HostMetrics} from './leaf/host-metrics.ts';
import {PortUser} from './port/user.ts';
import {RoleLinkReadings} from './role/link.ts';

/** What the agent says of itself every other second. */
export const Beat = describe(
  z.object({
    version: describe(z.string(), 'of cim-tui, e.g. "0.1.0"'),
    limit: describe(z.string().nullable(), 'what cannot be seen here and the remedy; null: all is'),
    sequence: describe(z.number().int().nonnegative(), 'of the newest event it has applied'),
  }),
  'The agent lives. Who misses three of them calls what it shows stale.',
);
export type Beat = z.infer<typeof Beat>;

/** Uevents of a tenth of a second. */
export const UeventBatch = describe(
  z.object({
    uevents: z.array(Uevent),
    omitted: describe(z.number().int().nonnegative(), 'how many more came than are sent'),
  }),
  'Raw uevents as the agent gets them, those of a tenth of a second together.',
);
export type UeventBatch = z.infer<typeof UeventBatch>;

/** Who uses which port. */
export const PortUserReadings = describe(
  z.record(z.string(), PortUser),
  'Who uses each port, by port id; all of them, when one has changed.',
);

/** Kinds of messages on `cim.L.live.<kind>.all`, of a job under its own id; events republished by the server come beside. */
export const LIVE_SCHEMAS = {
  agent: Beat,
  uevent: UeventBatch,
  user: PortUserReadings,
  host: HostMetrics,
  container: Containers,
  role: RoleLinkReadings,
  job: JobProgress,
} as const;

export type LiveKind = keyof typeof LIVE_SCHEMAS;
