import {z} from 'zod';

import {LeafId} from '../ids.ts';

const Version = z.string().describe('version of cim-tui, e.g. "0.1.0"');
const BootId = z.string().nullable().describe('/proc/sys/kernel/random/boot_id; null: unreadable');

/** The leaf's first event: which store this is. */
export const LeafCreated = z
  .object({
    leafId: LeafId,
    storeId: z.uuid().describe('tells two stores of one leaf id apart'),
  })
  .describe("The leaf's first event: which store this is.");

/** The name people see was set; null: taken away. */
export const LeafLabelled = z
  .object({
    label: z.string().nullable().describe('the name that people see; null: taken away'),
    before: z.object({label: z.string().nullable()}),
  })
  .describe('The leaf got the name that people see, or lost it.');

/** An agent became active; what lies between `lastSeen` and this event was not recorded. */
export const LeafStarted = z
  .object({
    bootId: BootId,
    version: Version,
    lastSeen: z.iso.datetime().nullable().describe('time of the newest event before; null: none'),
  })
  .describe('An agent became active. What lies between lastSeen and this was not recorded.');

/** An agent ended in order. */
export const LeafStopped = z
  .object({
    bootId: BootId,
    version: Version,
    reason: z
      .enum(['signal', 'linger', 'lease-lost'])
      .describe('it was told to; its last client had gone; another agent took over'),
  })
  .describe('An agent ended in order.');

export const ResyncCause = z.enum(['start', 'drops', 'monitor-ended', 'timer', 'hole']);
export type ResyncCause = z.infer<typeof ResyncCause>;

/** Enumeration was compared with the state again, and something had been missed. */
export const LeafResynced = z
  .object({
    cause: ResyncCause.describe('why the agent looked again'),
    drops: z
      .number()
      .int()
      .nonnegative()
      .describe('uevents lost by the monitor socket since the last'),
    changes: z.array(z.string()).describe('ids of devices and ports whose state differed'),
  })
  .describe('Enumeration was compared with the state again, and something had been missed.');

export const leafEvents = {
  'cim.leaf.created.v1': LeafCreated,
  'cim.leaf.labelled.v1': LeafLabelled,
  'cim.leaf.started.v1': LeafStarted,
  'cim.leaf.stopped.v1': LeafStopped,
  'cim.leaf.resynced.v1': LeafResynced,
} as const;
