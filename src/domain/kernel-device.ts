import {z} from 'zod';

/**
 * One devpath in sysfs, as read once. Properties are what the kernel and, where udevd runs, the
 * udev database say of it, with their own keys; attributes are the sysfs files that rules read.
 */
export const KernelDevice = z.object({
  devpath: z.string().startsWith('/devices/').describe('path below /sys'),
  subsystem: z.string().nullable(),
  devtype: z.string().nullable(),
  driver: z.string().nullable(),
  node: z.string().nullable().describe('path in /dev, e.g. "/dev/ttyUSB0"'),
  links: z.array(z.string()).describe('symbolic links to the node, made by udev rules'),
  ifindex: z.number().int().positive().nullable().describe('of a network interface'),
  properties: z.record(z.string(), z.string()),
  attributes: z.record(z.string(), z.string()),
  /** Devpaths that sysfs links name: `peer` of a USB port, `firmware` (ACPI path), `master`. */
  references: z.record(z.string(), z.string()),
  isUdevDone: z.boolean().describe('the udev database has its record; false without udevd'),
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
export const Uevent = z
  .object({
    source: z.enum(['kernel', 'udev']).describe('udev: after its rules'),
    action: UeventAction,
    devpath: z.string().describe('path below /sys'),
    subsystem: z.string().nullable(),
    seqnum: z.number().int().nonnegative().nullable().describe("the kernel's number of it"),
    properties: z.record(z.string(), z.string()).describe('with their own keys, e.g. DEVNAME'),
  })
  .meta({id: 'Uevent', description: "the kernel's or udev's message about one kernel device"});
export type Uevent = z.infer<typeof Uevent>;

/** What rtnetlink says of one network interface. */
export const LinkFact = z.object({
  ifindex: z.number().int().positive(),
  name: z.string(),
  kind: z.string().nullable().describe('"bridge", "veth", …; null: a physical interface'),
  isUp: z.boolean().describe('administratively up'),
  hasCarrier: z.boolean(),
  speedMbps: z.number().int().positive().nullable(),
  master: z.string().nullable().describe('bridge or bond it is a member of'),
});
export type LinkFact = z.infer<typeof LinkFact>;
