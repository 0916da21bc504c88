import type {DeviceMonitor} from '#contracts/device-monitor.ts';
import type {DeviceClass} from '#devices/class.ts';
import {deviceFromUevent} from '#domain/device-from-uevent.ts';
import type {KernelDevice, LinkFact, Uevent} from '#domain/kernel-device.ts';
import {createPositions} from '#domain/port/position.ts';
import {findUnits} from './find-units.ts';
import {createKernelTable} from './kernel-table.ts';
import {createLinkTable} from './link-table.ts';
import type {Observation} from './observation.ts';
import {createObserver} from './observe.ts';
import {unitPathOf} from './unit.ts';

/** The kernel's devices and links as last read, kept current record by record. */
export interface KernelPicture {
  /** Reads again what a record is about, once per batch however many records name it. */
  note(uevent: Uevent): void;
  /** A kernel device and all below it are gone. */
  drop(devpath: string): void;
  /** Reads what was noted. */
  readNoted(): Promise<void>;
  hasNoted(devpath: string): boolean;
  has(devpath: string): boolean;
  setLink(link: LinkFact): void;
  dropLink(ifindex: number): void;
  /** True when what was just read is what is known. */
  isLike(devices: readonly KernelDevice[], links: readonly LinkFact[]): boolean;
  /** Everything as just read. */
  replaceAll(devices: readonly KernelDevice[], links: readonly LinkFact[]): void;
  observe(): Observation;
  /** Devpath of the unit that a kernel device is part of, known or not. */
  unitPathOf(devpath: string, uevent?: Uevent): string | null;
  positionOf(devpath: string): string;
  /** Devpaths of all units, known to a class or not, by position: several for a hub of two speeds. */
  devpaths(): ReadonlyMap<string, readonly string[]>;
  /** A USB unit is there, and each of its interfaces has a driver. */
  isBound(devpath: string): boolean;
}

/** An empty picture over a monitor. */
export function createKernelPicture(
  monitor: Pick<DeviceMonitor, 'read'>,
  classes: readonly DeviceClass[],
): KernelPicture {
  const table = createKernelTable();
  const observer = createObserver(classes);
  const links = createLinkTable();
  const noted = new Map<string, Uevent>();

  const readOne = async (uevent: Uevent): Promise<void> => {
    const {devpath, action} = uevent;
    const read = await monitor.read(devpath);
    const isSeenComing = read.length === 0 && action === 'add';
    table.replace(devpath, isSeenComing ? [deviceFromUevent(uevent)] : read);
  };
  return {
    note: (uevent) => noted.set(uevent.devpath, firstOf(noted.get(uevent.devpath), uevent)),
    drop(devpath) {
      for (const path of [...noted.keys()].filter((path) => isWithin(path, devpath))) {
        noted.delete(path);
      }
      table.replace(devpath, []);
    },
    async readNoted() {
      const uevents = topmost([...noted.values()]);
      noted.clear();
      for (const uevent of uevents) {
        await readOne(uevent);
      }
    },
    hasNoted: (devpath) => noted.has(devpath),
    has: (devpath) => table.lookup(devpath) !== undefined,
    setLink: links.set,
    dropLink: links.drop,
    isLike: (devices, next) => table.isLike(devices) && links.isLike(next),
    replaceAll(devices, next) {
      table.replaceAll(devices);
      links.replaceAll(next);
    },
    observe: () => observer(table, links.all()),
    unitPathOf: (devpath, uevent) => {
      const device = table.lookup(devpath) ?? (uevent && deviceFromUevent(uevent));
      return device === undefined ? null : unitPathOf(device, table.lookup);
    },
    positionOf: (devpath) => createPositions(table.lookup).of(devpath),
    devpaths() {
      const units = findUnits(table, createPositions(table.lookup), new Map());
      return new Map(units.map(({position, devpaths}) => [position, devpaths]));
    },
    isBound: (devpath) => isBound(devpath, table.all()),
  };
}

function isBound(unitPath: string, devices: Iterable<KernelDevice>): boolean {
  const interfaces = [...devices].filter(
    ({devtype, devpath}) =>
      devtype === 'usb_interface' &&
      devpath.startsWith(`${unitPath}/`) &&
      devpath.lastIndexOf('/') === unitPath.length,
  );
  return interfaces.length > 0 && interfaces.every(({driver}) => driver !== null);
}

/** An add is kept though a later record of the same device is read with it. */
const firstOf = (known: Uevent | undefined, next: Uevent): Uevent =>
  known?.action === 'add' ? known : next;

/** What lies below another noted device is read with it. */
function topmost(uevents: readonly Uevent[]): readonly Uevent[] {
  const paths = new Set(uevents.map(({devpath}) => devpath));
  return uevents.filter(({devpath}) => {
    for (let at = devpath.lastIndexOf('/'); at > 0; at = devpath.lastIndexOf('/', at - 1)) {
      if (paths.has(devpath.slice(0, at))) {
        return false;
      }
    }
    return true;
  });
}

const isWithin = (devpath: string, above: string): boolean =>
  devpath === above || devpath.startsWith(`${above}/`);
