/** Who reads everything that is seen live and never stored. */
export const LIVE_READER = "the leaf's service layer";

/** Where what is never stored is read: docs/architecture.md, What is seen live. */
export const LIVE_SOURCES = {
  user: '/proc: open files, mounts, routes',
  load: '/proc/loadavg',
  memory: '/proc/meminfo',
  disk: 'statfs on the event store',
  temperature: '/sys: hwmon, thermal zones',
  container: 'systemd-machined',
  uevent: 'netlink: kernel and udevd',
  limit: 'its own beat, every 2 s',
} as const;

export type LiveReading = keyof typeof LIVE_SOURCES;
