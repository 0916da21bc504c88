/** Who reads everything that is seen live and never stored. */
export const LIVE_READER = "the leaf's service layer";

/** Where it is read (docs/architecture.md, What is seen live), and what of it. */
export const LIVE_SOURCES = {
  user: {source: '/proc', detail: 'open files, mounts, routes'},
  load: {source: '/proc/loadavg', detail: 'mean of the last minute'},
  memory: {source: '/proc/meminfo', detail: 'what programs cannot have'},
  disk: {source: 'statfs', detail: 'the file system of the event store'},
  temperature: {source: '/sys', detail: 'hwmon and thermal zones of the processor'},
  container: {source: 'systemd-machined', detail: 'machines, and the state of their units'},
  role: {source: '/dev/cim', detail: 'links by udev, further names of interfaces'},
  uevent: {source: 'netlink', detail: 'records of the kernel and of udevd'},
  job: {source: 'the job itself', detail: 'told at most five times a second'},
  limit: {source: 'its own ability', detail: 'told with each beat, every 2 s'},
} as const;

export type LiveReading = keyof typeof LIVE_SOURCES;
