import type {KernelDevice} from '../kernel-device.ts';
import {acpiName, classPart, pciRootPart, platformPart, scsiPart} from './position-parts.ts';

/** Finds a kernel device by its devpath. */
export type Lookup = (devpath: string) => KernelDevice | undefined;

/** Says where kernel devices sit; keeps what it has worked out, so make a new one per picture. */
export interface Positions {
  /** Position of a devpath: MODEL.md, Position. Never throws. */
  of(devpath: string): string;
}

/** A devpath walked so far. */
interface Walk {
  readonly parts: readonly string[];
  /** The last segment was a class folder: what follows is its instance. */
  readonly folder: string | null;
  /** Inside a USB tree: how many parts lead to the controller, and the speed of this half. */
  readonly usb: {readonly base: readonly string[]; readonly isSuper: boolean} | null;
}

const ROOT = '/devices';
const START: Walk = {parts: [], folder: null, usb: null};

const PCI_ROOT = /^pci([0-9a-f]{4,}):([0-9a-f]{2})$/;
const PCI_FUNCTION = /^[0-9a-f]{4,}:([0-9a-f]{2}):([0-9a-f]{2}\.[0-7])$/;
const USB_ROOT = /^usb\d+$/;
const USB_DEVICE = /^\d+-([1-9]\d{0,2}(?:\.\d+)*)$/;
const USB_INTERFACE = /^\d+-[\d.]+:(\d+\.\d+)$/;
const USB_PORT = /^(?:usb\d+|\d+-([\d.]+))-port(\d+)$/;
// Enumerated layers that say nothing about where a thing sits.
const DROPPED =
  /^(?:platform|pnp\d+|LNXSYSTM:\d+|LNXSYBUS:\d+|virtio\d+|host\d+|target\d+:\d+:\d+|rport-.*|session\d+|end_device-.*|phy-.*|nvme\d+|mmc\d+:[0-9a-f]{4}|event\d+|input\d+|media\d+|[0-9A-F]{4}:[0-9A-F]{4}:[0-9A-F]{4}\.[0-9A-F]{4,}|(?:soc|scb|axi|ahb|apb|amba|bus)(?:[@:].*)?)$/;

/** Positions over one picture of the kernel's devices. */
export function createPositions(lookup: Lookup): Positions {
  const walks = new Map<string, Walk>([[ROOT, START]]);

  const walk = (devpath: string): Walk => {
    const known = walks.get(devpath);
    if (known !== undefined) {
      return known;
    }
    const parentPath = devpath.slice(0, devpath.lastIndexOf('/'));
    if (!parentPath.startsWith(ROOT)) {
      return START;
    }
    const next = step(walk(parentPath), devpath, {lookup, of});
    walks.set(devpath, next);
    return next;
  };
  const of = (devpath: string): string => walk(devpath).parts.join('/');
  return {of};
}

/** Position of one devpath: MODEL.md, Position. */
export const positionOf = (devpath: string, lookup: Lookup): string =>
  createPositions(lookup).of(devpath);

interface Picture {
  readonly lookup: Lookup;
  readonly of: (devpath: string) => string;
}

function step(walk: Walk, devpath: string, picture: Picture): Walk {
  const segment = segmentOf(devpath);
  if (walk.parts[0] === 'virtual' || (walk.parts.length === 0 && segment === 'virtual')) {
    return {...walk, parts: [...walk.parts, virtualPart(segment, picture.lookup(devpath))]};
  }
  if (walk.folder !== null) {
    const part = classPart(walk.folder, segment, picture.lookup(devpath));
    return add({...walk, folder: null}, part);
  }
  return usbStep(walk, devpath, picture) ?? busStep(walk, devpath, picture);
}

/** What a segment adds outside USB's own layers. */
function busStep(walk: Walk, devpath: string, {lookup}: Picture): Walk {
  const segment = segmentOf(devpath);
  const [root, domain, bus] = PCI_ROOT.exec(segment) ?? [];
  if (root !== undefined) {
    const isNested = walk.parts.length > 0;
    return add(walk, isNested ? 'pci' : pciRootPart(domain, bus, lookup(devpath)));
  }
  const [, , deviceFunction] = PCI_FUNCTION.exec(segment) ?? [];
  if (deviceFunction !== undefined) {
    return virtualFunction(walk, devpath, lookup) ?? add(walk, deviceFunction);
  }
  if (DROPPED.test(segment)) {
    return walk;
  }
  if (isClassFolder(segment, lookup(devpath))) {
    return {...add(walk, segment === 'mmc_host' ? 'mmc' : null), folder: segment};
  }
  const scsi = scsiPart(segment, walk.usb !== null);
  if (scsi !== undefined) {
    return add(walk, scsi);
  }
  const parent = segmentOf(devpath.slice(0, devpath.lastIndexOf('/')));
  return add(
    walk,
    acpiName(segment, lookup(devpath)) ?? platformPart(segment, parent, devpath, lookup),
  );
}

/** USB: the controller's position, `usb`, the chain of port numbers, then parts of the unit. */
function usbStep(walk: Walk, devpath: string, picture: Picture): Walk | undefined {
  const segment = segmentOf(devpath);
  if (USB_ROOT.test(segment)) {
    const isSuper = isSuperSpeed(picture.lookup(devpath));
    const usb = {base: walk.parts, isSuper};
    return {...add(walk, isSuper ? 'usb3' : 'usb'), usb};
  }
  if (walk.usb === null) {
    return undefined;
  }
  const [, part] = USB_INTERFACE.exec(segment) ?? [];
  if (part !== undefined) {
    const last = walk.parts.at(-1) ?? '';
    return {...walk, parts: [...walk.parts.slice(0, -1), `${last}:${part}`]};
  }
  const chain = USB_DEVICE.exec(segment)?.[1] ?? chainOfPort(segment);
  if (chain === undefined) {
    return undefined;
  }
  const {base, isSuper} = walk.usb;
  const peer = isSuper ? peerOf(devpath, picture.lookup) : undefined;
  const parts =
    peer === undefined ? [...base, isSuper ? 'usb3' : 'usb', chain] : picture.of(peer).split('/');
  return {...walk, parts};
}

/** The socket of the slower half that the firmware joins with this socket or unit. */
function peerOf(devpath: string, lookup: Lookup): string | undefined {
  const isPort = USB_PORT.test(segmentOf(devpath));
  const port = isPort ? devpath : usbPortOf(devpath, lookup);
  const peer = port === undefined ? undefined : lookup(port)?.references.peer;
  const root = peer?.replace(/(\/usb\d+)\/.*$/, '$1');
  return root === undefined || isSuperSpeed(lookup(root)) ? undefined : peer;
}

/** Devpath of the socket that a USB unit is plugged into. */
export function usbPortOf(devpath: string, lookup: Lookup): string | undefined {
  const given = lookup(devpath)?.references.port;
  if (given !== undefined) {
    return given;
  }
  const hub = devpath.slice(0, devpath.lastIndexOf('/'));
  const [, bus, number] = /^(\d+)-(?:[\d.]+\.)?(\d+)$/.exec(segmentOf(devpath)) ?? [];
  if (bus === undefined) {
    return undefined;
  }
  const hubName = segmentOf(hub);
  const interfaceName = USB_ROOT.test(hubName) ? `${bus}-0` : hubName;
  return `${hub}/${interfaceName}:1.0/${hubName}-port${number}`;
}

const chainOfPort = (segment: string): string | undefined => {
  const [whole, hubChain, number] = USB_PORT.exec(segment) ?? [];
  if (whole === undefined) {
    return undefined;
  }
  return hubChain === undefined ? number : `${hubChain}.${number}`;
};

/** A root hub of 5 Gb/s or more. */
const isSuperSpeed = (hub: KernelDevice | undefined): boolean =>
  Number(hub?.attributes.speed ?? 0) >= 5000 || (hub?.attributes.version ?? '').trim() >= '3';

/** A virtual function of a card: named by its distance from the physical one. */
function virtualFunction(walk: Walk, devpath: string, lookup: Lookup): Walk | undefined {
  const physical = lookup(devpath)?.references.physfn;
  if (physical === undefined) {
    return undefined;
  }
  const distance = routingId(segmentOf(devpath)) - routingId(segmentOf(physical));
  const [, , deviceFunction] = PCI_FUNCTION.exec(segmentOf(physical)) ?? [];
  return add(add(walk, deviceFunction ?? null), `vf${distance}`);
}

function routingId(address: string): number {
  const [, bus = '0', deviceFunction = '00.0'] = PCI_FUNCTION.exec(address) ?? [];
  const [device = '0', number = '0'] = deviceFunction.split('.');
  return Number.parseInt(bus, 16) * 256 + Number.parseInt(device, 16) * 8 + Number(number);
}

const CLASS_FOLDERS: ReadonlySet<string> = new Set(
  (
    'ata_device ata_link ata_port backlight block bluetooth bsg dma drm drm_dp_aux_dev dvb extcon ' +
    'gpio graphics hidraw hwmon i2c-adapter i2c-dev ieee80211 iio infiniband input lirc leds ' +
    'mdio_bus media mei mem misc mmc_host net nvme nvme-generic pci_bus power_supply ppdev pps printer ptp pwm rc ' +
    'regulator rfkill rtc scsi_device scsi_disk scsi_generic scsi_host sas_device sas_end_device ' +
    'sas_expander sas_host sas_phy sas_port sound spi_master spi_transport thermal tpm tpmrm tty typec ' +
    'uio usbmisc usb_role vc video4linux watchdog wakeup wwan'
  ).split(' '),
);

/** A class folder has no uevent of its own. */
const isClassFolder = (segment: string, device: KernelDevice | undefined): boolean =>
  device === undefined && CLASS_FOLDERS.has(segment);

/** Virtual inputs are numbered as they come; their name is the better place. */
const virtualPart = (segment: string, device: KernelDevice | undefined): string => {
  const name = /^input\d+$/.test(segment) ? device?.attributes.name : undefined;
  return (name ?? segment)
    .replace(/\//g, '-')
    .replace(/^([0-9A-F]{4}(?::[0-9A-F]{4}){2})\..*$/, '$1');
};

const add = (walk: Walk, part: string | null): Walk =>
  part === null ? walk : {...walk, parts: [...walk.parts, part]};

const segmentOf = (devpath: string): string => devpath.slice(devpath.lastIndexOf('/') + 1);
