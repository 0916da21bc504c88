import type {Uevent} from '#domain/kernel-device.ts';

/** MODEL.md, Stored, live, ignored: no work is done for these; the raw feed has them. */
const IGNORED: ReadonlySet<string> = new Set([
  'bdi',
  'bsg',
  'bus',
  'class',
  'container',
  'cpu',
  'drivers',
  'event_source',
  'mem',
  'memory',
  'module',
  'queues',
  'rfkill',
  'scsi_device',
  'scsi_disk',
  'scsi_generic',
  'scsi_host',
  'thermal',
  'usb_endpoint',
  'vc',
  'vtconsole',
  'workqueue',
]);

/** True for records about what is no part of any port. */
export const isIgnored = ({subsystem, devpath}: Uevent): boolean =>
  (subsystem !== null && IGNORED.has(subsystem)) ||
  !devpath.startsWith('/devices/') ||
  devpath.includes('/queues/') ||
  devpath.includes('/ep_');
