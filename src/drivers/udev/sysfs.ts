import {type Dirent, readdirSync} from 'node:fs';
import {resolve} from 'node:path';

import {CimError} from '#domain/errors.ts';
import type {KernelDevice} from '#domain/kernel-device.ts';
import {attributesOf, hasFirmwareName, isReadBySubsystem} from './attributes.ts';
import type {UdevDatabase} from './database.ts';
import {readKeys, readLink, readSmallFile} from './read-file.ts';

/** Folders of a device that are not devices. */
const SKIPPED =
  /^(?:power|statistics|queues|bridge|brif|bonding|msi_irqs|wakeup|bdi|integrity|mq|holders|slaves|bsg|scsi_generic|scsi_disk|scsi_device|scsi_host|ep_[0-9a-f]{2}|iosched|thermal|resources|options|link|lnksta|aer_stats_.*|driver|subsystem)$/;
/** Below /devices: what is no hardware, or enters no port. */
const TOP_SKIPPED = new Set(['system', 'breakpoint', 'tracepoint', 'software', 'msr', 'uprobe']);
const VIRTUAL_READ = new Set(['net', 'block', 'input', 'misc']);

/**
 * Their `uevent` asks the hardware: a battery in a keyboard that does not answer holds the reader for
 * 5 s (drivers/hid/hid-input.c, hidinput_get_battery_property). No class needs what it says.
 */
const UNREAD: ReadonlySet<string> = new Set(['power_supply']);

/** Reads kernel devices from sysfs. */
export interface Sysfs {
  /** A device and what lies below it. */
  read(devpath: string, database: UdevDatabase): KernelDevice[];
  /** Everything, in slices, so that other work goes on. */
  readAll(database: UdevDatabase, nextSlice: () => Promise<void>): Promise<KernelDevice[]>;
}

/** Sysfs mounted at `root`. */
export function createSysfs(root = '/sys'): Sysfs {
  const read = (devpath: string, database: UdevDatabase): KernelDevice[] => {
    const found: KernelDevice[] = [];
    if (isOfInterest(devpath)) {
      walk(root, devpath, database, found);
    }
    return found;
  };
  return {
    read,
    async readAll(database, nextSlice) {
      const found: KernelDevice[] = [];
      const points = startingPoints(root);
      if (points.length === 0) {
        // No machine is without devices: rather than saying that all have gone, nothing is said.
        throw new CimError('permission-denied', `read ${root}/devices: there is nothing`);
      }
      for (const devpath of points) {
        found.push(...read(devpath, database));
        await nextSlice();
      }
      return found;
    },
  };
}

/** Subtrees of about the same size. */
function startingPoints(root: string): readonly string[] {
  return foldersIn(`${root}/devices`).flatMap((top) => {
    const path = `/devices/${top}`;
    return top === 'virtual' ? foldersIn(`${root}${path}`).map((name) => `${path}/${name}`) : path;
  });
}

function isOfInterest(devpath: string): boolean {
  const [, , top = '', second = ''] = devpath.split('/');
  return !TOP_SKIPPED.has(top) && (top !== 'virtual' || VIRTUAL_READ.has(second));
}

function walk(root: string, devpath: string, database: UdevDatabase, found: KernelDevice[]): void {
  const folder = `${root}${devpath}`;
  const entries = entriesIn(folder);
  if (entries.some(({name}) => name === 'uevent')) {
    const device = readDevice(root, devpath, entries, database);
    if (device !== undefined) {
      found.push(device);
    }
  }
  for (const entry of entries) {
    if (entry.isDirectory() && !SKIPPED.test(entry.name)) {
      walk(root, `${devpath}/${entry.name}`, database, found);
    }
  }
}

/** Reads one kernel device; undefined when it vanished meanwhile. */
function readDevice(
  root: string,
  devpath: string,
  entries: readonly Dirent[],
  database: UdevDatabase,
): KernelDevice | undefined {
  const folder = `${root}${devpath}`;
  const name = lastPart(devpath);
  const subsystem = lastPart(readLink(`${folder}/subsystem`) ?? '') || null;
  const text = UNREAD.has(subsystem ?? '') ? '' : readSmallFile(`${folder}/uevent`);
  if (text === undefined) {
    return undefined;
  }
  const own = readKeys(text);
  const devtype = own.DEVTYPE ?? typeByName(subsystem, name);
  const ifindex = Number(own.IFINDEX);
  const isNet = Number.isInteger(ifindex) && ifindex > 0;
  const record = database.read({
    subsystem,
    name,
    ifindex: isNet ? ifindex : null,
    major: own.MAJOR,
    minor: own.MINOR,
  });
  return {
    devpath,
    subsystem,
    devtype,
    driver: own.DRIVER ?? null,
    node: nodeOf(name, own.DEVNAME),
    links: [...(record?.links ?? [])],
    ifindex: isNet ? ifindex : null,
    properties: {...own, ...record?.properties},
    attributes: readAttributes(folder, {subsystem, devtype, name, entries}),
    references: readReferences(root, devpath, {subsystem, devtype, name, entries}),
    isUdevDone: record !== undefined,
  };
}

/**
 * One path of several to an NVMe namespace (`nvme0c1n1`) has no node of its own: the node is that
 * of the namespace, which sysfs keeps apart from all hardware (drivers/nvme/host/multipath.c).
 */
function nodeOf(name: string, devname: string | undefined): string | null {
  const [, disk, namespace] = /^(nvme\d+)c\d+(n\d+)$/.exec(name) ?? [];
  const node = devname ?? (disk === undefined ? undefined : `${disk}${namespace}`);
  return node === undefined ? null : `/dev/${node}`;
}

/**
 * What uevent files do not say: old kernels nothing of SCSI, and none of USB sockets, which are on no
 * bus and of no class, so that the file is empty (drivers/base/core.c, dev_uevent_filter).
 */
function typeByName(subsystem: string | null, name: string): string | null {
  if (subsystem === 'scsi') {
    return /^\d+:\d+:\d+:\d+$/.test(name) ? 'scsi_device' : null;
  }
  return subsystem === null && /^(?:usb\d+|\d+-[\d.]+)-port\d+$/.test(name) ? 'usb_port' : null;
}

interface Kind {
  readonly subsystem: string | null;
  readonly devtype: string | null;
  readonly name: string;
  readonly entries: readonly Dirent[];
}

function readAttributes(folder: string, kind: Kind): Record<string, string> {
  const {subsystem, devtype, name, entries} = kind;
  const names = attributesOf(subsystem, isReadBySubsystem(subsystem) ? null : devtype, name);
  const there = new Set(entries.map((entry) => entry.name));
  if (subsystem === 'acpi' && !there.has('input')) {
    return {}; // hundreds of nodes, of which only buttons are devices
  }
  const attributes: Record<string, string> = {};
  const firmware = hasFirmwareName(subsystem, name) && there.has('firmware_node');
  const extra = firmware ? ['firmware_node/hid', 'firmware_node/uid'] : [];
  for (const attribute of [...names, ...extra]) {
    const [first = ''] = attribute.split('/');
    const value = there.has(first) ? readSmallFile(`${folder}/${attribute}`) : undefined;
    if (value !== undefined) {
      attributes[attribute] = value;
    }
  }
  return attributes;
}

/** Links that say where a thing sits: the other half of a socket, the card of a function. */
function readReferences(root: string, devpath: string, kind: Kind): Record<string, string> {
  const {subsystem, devtype, name, entries} = kind;
  const references: Record<string, string> = {};
  for (const entry of entries) {
    const isWanted =
      (devtype === 'usb_port' && entry.name === 'peer') ||
      (devtype === 'usb_device' && entry.name === 'port') ||
      (subsystem === 'pci' && entry.name === 'physfn');
    const target = isWanted ? readLink(`${root}${devpath}/${entry.name}`) : undefined;
    if (target !== undefined) {
      references[entry.name] = resolve(devpath, target);
    }
  }
  if (hasFirmwareName(subsystem, name)) {
    const path = readSmallFile(`${root}${devpath}/firmware_node/path`);
    return path === undefined ? references : {...references, firmware: path};
  }
  return references;
}

/** Too many open files, no memory: no answer about a device. */
const OURS: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOMEM']);

function entriesIn(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, {withFileTypes: true});
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (OURS.has(code)) {
      throw error; // it is we who cannot read: nothing has gone
    }
    return []; // a device that went while we looked has nothing below it
  }
}

const foldersIn = (folder: string): readonly string[] =>
  entriesIn(folder)
    .filter((entry) => entry.isDirectory())
    .map(({name}) => name);

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
