import type {DeviceMonitor, LinkMonitor, MonitorNotice} from '#contracts/device-monitor.ts';
import type {KernelDevice, LinkFact} from '#domain/kernel-device.ts';
import {createUeventTeller} from './uevent-teller.ts';

/** A machine made of data, whose devices come and go as it is told. */
export interface MemoryDeviceMonitor extends DeviceMonitor {
  readonly links: LinkMonitor;
  /** The kernel devices it has now. */
  devices(): readonly KernelDevice[];
  /** Kernel devices come, parents first, each with its record; USB units are bound at the end. */
  plug(devices: readonly KernelDevice[]): void;
  /** A kernel device and all below it go, children first. */
  unplug(devpath: string): void;
  /** A kernel device reads otherwise from now on. */
  change(device: KernelDevice): void;
  /** A link is as this says. */
  link(fact: LinkFact): void;
  unlink(ifindex: number): void;
  /** Does it without telling; the socket counts the records that were lost, unless told not to. */
  unseen(change: (monitor: MemoryDeviceMonitor) => void, options?: {isCounted?: boolean}): void;
  /** The kernel has counted so many records that were not for us. */
  skip(count: number): void;
  /** The monitor ended and is there again. */
  restart(reason: string): void;
  /** Kernel devices read so, and others are gone with all below them, without a word. */
  show(changed: readonly KernelDevice[], gone: readonly string[]): void;
  /** Tells a notice as it is. */
  notice(notice: MonitorNotice): void;
}

export interface MemoryDeviceMonitorOptions {
  readonly links?: readonly LinkFact[] | undefined;
  /** Records of udev follow those of the kernel. */
  readonly hasUdev?: boolean | undefined;
}

const NO_UDEV = 'no udev there: names and kinds come from the kernel alone';

/** A machine with these devices. Records come in the same turn as what makes them. */
export function createMemoryDeviceMonitor(
  initial: readonly KernelDevice[],
  {links: initialLinks = [], hasUdev = false}: MemoryDeviceMonitorOptions = {},
): MemoryDeviceMonitor {
  const devices = new Map(initial.map((device) => [device.devpath, device]));
  const links = createMemoryLinks(initialLinks);
  const teller = createUeventTeller(hasUdev);
  const below = (devpath: string) => withinOf(devices.values(), devpath);
  const monitor: MemoryDeviceMonitor = {
    links,
    devices: () => [...devices.values()],
    enumerate: async () => [...devices.values()],
    read: async (devpath) => below(devpath),
    async start(to, signal) {
      teller.listen(to);
      signal.addEventListener('abort', () => void monitor.stop(), {once: true});
      return {hasUdev, limit: hasUdev ? null : NO_UDEV};
    },
    async stop() {
      teller.listen(() => {});
    },
    plug(added) {
      for (const device of added) {
        devices.set(device.devpath, device);
        teller.tell('add', device);
      }
      for (const device of added.filter(({devtype}) => devtype === 'usb_device').toReversed()) {
        teller.tell('bind', device);
      }
    },
    unplug(devpath) {
      for (const device of below(devpath).toReversed()) {
        devices.delete(device.devpath);
        teller.tell('remove', device);
      }
    },
    change(device) {
      devices.set(device.devpath, device);
      teller.tell('change', device);
    },
    link: links.set,
    unlink: links.remove,
    unseen: (change, {isCounted = true} = {}) => teller.unheard(() => change(monitor), isCounted),
    skip: teller.skip,
    restart: (reason) => teller.notice({kind: 'restarted', reason}),
    show: (changed, gone) => show(devices, changed, gone.flatMap(below)),
    notice: teller.notice,
  };
  return monitor;
}

/** A kernel device and what lies below it, parents first. */
const withinOf = (devices: Iterable<KernelDevice>, above: string): readonly KernelDevice[] =>
  [...devices]
    .filter(({devpath}) => devpath === above || devpath.startsWith(`${above}/`))
    .toSorted((a, b) => (a.devpath < b.devpath ? -1 : 1));

function show(
  devices: Map<string, KernelDevice>,
  changed: readonly KernelDevice[],
  gone: readonly KernelDevice[],
): void {
  for (const {devpath} of gone) {
    devices.delete(devpath);
  }
  for (const device of changed) {
    devices.set(device.devpath, device);
  }
}

interface MemoryLinks extends LinkMonitor {
  set(fact: LinkFact): void;
  remove(ifindex: number): void;
}

function createMemoryLinks(initial: readonly LinkFact[]): MemoryLinks {
  const links = new Map(initial.map((link) => [link.ifindex, link]));
  let listener: Parameters<LinkMonitor['start']>[0] = () => {};
  return {
    list: async () => [...links.values()],
    async start(to) {
      listener = to;
      return {limit: null};
    },
    async stop() {
      listener = () => {};
    },
    set(link) {
      links.set(link.ifindex, link);
      listener({kind: 'link', link});
    },
    remove(ifindex) {
      if (links.delete(ifindex)) {
        listener({kind: 'gone', ifindex});
      }
    },
  };
}
