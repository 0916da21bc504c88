import type {KernelDevice} from '#domain/kernel-device.ts';
import type {Lookup} from '#domain/port/position.ts';

/** The kernel's devices as last read, kept current subtree by subtree. */
export interface KernelTable {
  readonly lookup: Lookup;
  /** Counts up when a device that is not virtual comes, goes or changes. */
  revision(): number;
  all(): Iterable<KernelDevice>;
  size(): number;
  /** A device and all below it as just read. */
  replace(devpath: string, devices: readonly KernelDevice[]): void;
  /** Everything as just read. */
  replaceAll(devices: readonly KernelDevice[]): void;
  /** True when what was just read is what is known. */
  isLike(devices: readonly KernelDevice[]): boolean;
}

/** An empty table. Devices that were read again unchanged stay the same objects. */
export function createKernelTable(): KernelTable {
  const devices = new Map<string, KernelDevice>();
  let revision = 0;

  const count = (devpath: string): void => {
    revision += devpath.startsWith('/devices/virtual/') ? 0 : 1;
  };
  const isKnown = (next: KernelDevice): boolean => {
    const known = devices.get(next.devpath);
    return known !== undefined && isSame(known, next);
  };
  const replaceWhere = (paths: readonly string[], read: readonly KernelDevice[]): void => {
    const kept = new Set(read.map(({devpath}) => devpath));
    for (const gone of paths.filter((path) => !kept.has(path))) {
      devices.delete(gone);
      count(gone);
    }
    for (const next of read.filter((each) => !isKnown(each))) {
      devices.set(next.devpath, next);
      count(next.devpath);
    }
  };

  return {
    lookup: (devpath) => devices.get(devpath),
    revision: () => revision,
    all: () => devices.values(),
    size: () => devices.size,
    replace: (devpath, read) => {
      const below = `${devpath}/`;
      const paths = [...devices.keys()].filter(
        (path) => path === devpath || path.startsWith(below),
      );
      replaceWhere(paths, read);
    },
    replaceAll: (read) => replaceWhere([...devices.keys()], read),
    isLike: (read) => read.length === devices.size && read.every(isKnown),
  };
}

function isSame(a: KernelDevice, b: KernelDevice): boolean {
  return (
    a.subsystem === b.subsystem &&
    a.devtype === b.devtype &&
    a.driver === b.driver &&
    a.node === b.node &&
    a.ifindex === b.ifindex &&
    a.isUdevDone === b.isUdevDone &&
    a.links.length === b.links.length &&
    a.links.every((link, index) => link === b.links[index]) &&
    isSameRecord(a.properties, b.properties) &&
    isSameRecord(a.attributes, b.attributes) &&
    isSameRecord(a.references, b.references)
  );
}

function isSameRecord(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
