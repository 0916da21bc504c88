import type {KernelDevice} from '#domain/kernel-device.ts';

/** What reads otherwise than before. */
export interface DeviceDelta {
  readonly changed: readonly KernelDevice[];
  /** Devpaths that went, each with all below it. */
  readonly gone: readonly string[];
}

/** Kernel devices as last read. */
export interface KnownDevices {
  /** A kernel device and all below it, as just read. */
  replace(devpath: string, devices: readonly KernelDevice[]): DeviceDelta;
  /** Everything as just read. */
  replaceAll(devices: readonly KernelDevice[]): DeviceDelta;
}

/** Nothing is known yet. */
export function createKnownDevices(): KnownDevices {
  const known = new Map<string, string>();
  const replaceWhere = (paths: readonly string[], read: readonly KernelDevice[]): DeviceDelta => {
    const there = new Set(read.map(({devpath}) => devpath));
    const gone = paths.filter((path) => !there.has(path));
    for (const path of gone) {
      known.delete(path);
    }
    const changed = read.filter((device) => {
      const text = JSON.stringify(device);
      const isNews = known.get(device.devpath) !== text;
      known.set(device.devpath, text);
      return isNews;
    });
    return {changed, gone: topmost(gone)};
  };
  return {
    replace: (devpath, read) =>
      replaceWhere(
        [...known.keys()].filter((path) => isWithin(path, devpath)),
        read,
      ),
    replaceAll: (read) => replaceWhere([...known.keys()], read),
  };
}

const isWithin = (path: string, above: string): boolean =>
  path === above || path.startsWith(`${above}/`);

const topmost = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => !paths.some((other) => path !== other && isWithin(path, other)));
