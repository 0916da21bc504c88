import type {KernelDevice, LinkFact, Uevent} from '#domain/kernel-device.ts';

/** What a monitor tells beside uevents. */
export type MonitorNotice =
  | {readonly kind: 'uevent'; readonly uevent: Uevent}
  /** The socket's own counter of lost uevents grew by this many. */
  | {readonly kind: 'drops'; readonly count: number}
  /** The monitor ended and has been started again. */
  | {readonly kind: 'restarted'; readonly reason: string};

/** What the monitor can see here, for the header and for doctor. */
export interface MonitorAbility {
  /** udev records come too (udevd runs and this network namespace is its own). */
  readonly hasUdev: boolean;
  /** What is missing, in words, or null. */
  readonly limit: string | null;
}

/** The kernel's devices: as they are, and as they change. */
export interface DeviceMonitor {
  /** Everything in sysfs now, with what the udev database adds. */
  enumerate(signal: AbortSignal): Promise<readonly KernelDevice[]>;
  /** One kernel device and what lies below it, read now; empty when it is gone. */
  read(devpath: string): Promise<readonly KernelDevice[]>;
  /** Starts to follow; resolves when no later uevent can be missed. */
  start(listener: (notice: MonitorNotice) => void, signal: AbortSignal): Promise<MonitorAbility>;
  stop(): Promise<void>;
}

/** The whole new fact of a link that changed, or the ifindex of one that went. */
export type LinkChange =
  | {readonly kind: 'link'; readonly link: LinkFact}
  | {readonly kind: 'gone'; readonly ifindex: number};

/** What can be seen of links here. */
export interface LinkAbility {
  /** What is missing, in words, or null. */
  readonly limit: string | null;
}

/** Network links: carrier, speed and state, which make no uevent. */
export interface LinkMonitor {
  list(signal: AbortSignal): Promise<readonly LinkFact[]>;
  /** Calls with each link that changed or went. */
  start(listener: (change: LinkChange) => void, signal: AbortSignal): Promise<LinkAbility>;
  stop(): Promise<void>;
}
