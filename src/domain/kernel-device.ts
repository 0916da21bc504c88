import {z} from 'zod';

import {describe} from './describe.ts';

/**
 * One devpath in sysfs, as read once. Properties are what the kernel and, where udevd runs, the
 * udev database say of it, with their own keys; attributes are the sysfs files that rules read.
 */
export const KernelDevice = z.object({
  devpath: describe(z.string().startsWith('/devices/'), 'path below /sys'),
  subsystem: z.string().nullable(),
  devtype: z.string().nullable(),
  driver: z.string().nullable(),
  node: describe(z.string().nullable(), 'path in /dev, e.g. "/dev/ttyUSB0"'),
  links: describe(z.array(z.string()), 'symbolic links to the node, made by udev rules'),
  ifindex: describe(z.number().int().positive().nullable(), 'of a network interface'),
  properties: z.record(z.string(), z.string()),
  attributes: z.record(z.string(), z.string()),
  /** Devpaths that sysfs links name: `peer` of a USB port, `firmware` (ACPI path), `master`. */
  references: z.record(z.string(), z.string()),
  isUdevDone: describe(z.boolean(), 'the udev database has its record; false without udevd'),
});
export type KernelDevice = z.infer<typeof KernelDevice>;

export const UeventAction = z.enum([
  'add',
  'remove',
  'change',
  'move',
  'online',
  'offline',
  'bind',
  'unbind',
]);
export type UeventAction = z.infer<typeof UeventAction>;

/** The kernel's or udev's message about one kernel device. */
export const Uevent = describe(
  z.object({
    source: describe(z.enum(['kernel', 'udev']), 'udev: after its rules'),
    action: UeventAction,
    devpath: describe(z.string(), 'path below /sys'),
    subsystem: z.string().nullable(),
    seqnum: describe(z.number().int().nonnegative().nullable(), "the kernel's number of it"),
    properties: describe(z.record(z.string(), z.string()), 'with their own keys, e.g. DEVNAME'),
  }),
  {id: 'Uevent', description: "the kernel's or udev's message about one kernel device"},
);
export type Uevent = z.infer<typeof Uevent>;

/** What rtnetlink says of one network interface. */
export const LinkFact = z.object({
  ifindex: z.number().int().positive(),
  name: z.string(),
  kind: describe(z.string().nullable(), '"bridge", "veth", …; null: a physical interface'),
  isUp: describe(z.boolean(), 'administratively up'),
  hasCarrier: z.boolean(),
  speedMbps: z.number().int().positive().nullable(),
  master: describe(z.string().nullable(), 'bridge or bond it is a member of'),
});
export type LinkFact = z.infer<typeof LinkFact>;
