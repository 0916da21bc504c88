import {z} from 'zod';

import {describe} from '../describe.ts';
import {LeafId} from '../ids.ts';

const Version = describe(z.string(), 'version of cim-tui, e.g. "0.1.0"');
const BootId = describe(z.string().nullable(), '/proc/sys/kernel/random/boot_id; null: unreadable');

/** The leaf's first event: which store this is. */
export const LeafCreated = describe(
  z.object({
    leafId: LeafId,
    storeId: describe(z.uuid(), 'tells two stores of one leaf id apart'),
  }),
  "The leaf's first event: which store this is.",
);

/** The name people see was set; null: taken away. */
export const LeafLabelled = describe(
  z.object({
    label: describe(z.string().nullable(), 'the name that people see; null: taken away'),
    before: z.object({label: z.string().nullable()}),
  }),
  'The leaf got the name that people see, or lost it.',
);

/** An agent became active; what lies between `lastSeen` and this event was not recorded. */
export const LeafStarted = describe(
  z.object({
    bootId: BootId,
    version: Version,
    lastSeen: describe(z.iso.datetime().nullable(), 'time of the newest event before; null: none'),
  }),
  'An agent became active. What lies between lastSeen and this was not recorded.',
);

/** An agent ended in order. */
export const LeafStopped = describe(
  z.object({
    bootId: BootId,
    version: Version,
    reason: describe(
      z.enum(['signal', 'linger', 'lease-lost']),
      'it was told to; its last client had gone; another agent took over',
    ),
  }),
  'An agent ended in order.',
);

export const ResyncCause = z.enum(['start', 'drops', 'monitor-ended', 'timer', 'hole']);
export type ResyncCause = z.infer<typeof ResyncCause>;

/** Enumeration was compared with the state again, and something had been missed. */
export const LeafResynced = describe(
  z.object({
    cause: ResyncCause.describe('why the agent looked again'),
    drops: describe(
      z.number().int().nonnegative(),
      'uevents lost by the monitor socket since the last',
    ),
    changes: describe(z.array(z.string()), 'ids of devices and ports whose state differed'),
  }),
  'Enumeration was compared with the state again, and something had been missed.',
);

export const leafEvents = {
  'cim.leaf.created.v1': LeafCreated,
  'cim.leaf.labelled.v1': LeafLabelled,
  'cim.leaf.started.v1': LeafStarted,
  'cim.leaf.stopped.v1': LeafStopped,
  'cim.leaf.resynced.v1': LeafResynced,
} as const;
