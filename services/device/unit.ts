import type {KernelDevice} from '#domain/kernel-device.ts';
import type {Lookup} from '#domain/port/position.ts';

/** Buses on which one kernel device is one physical thing. */
const UNIT_BUSES: ReadonlySet<string> = new Set([
  'acpi',
  'amba',
  'i2c',
  'mmc',
  'of_platform',
  'pci',
  'platform',
  'pnp',
  'scsi',
  'serio',
  'spi',
  'vmbus',
  'xen',
]);

const USB_UNIT = /^.*\/\d+-[1-9][\d.]*(?=\/|$)/;
const VIRTUAL_UNIT = /^\/devices\/virtual\/[^/]+\/[^/]+/;
const GADGET = /\/gadget(?:\.\d+)?\//;

/**
 * Devpath of the physical thing that a kernel device belongs to: MODEL.md, Device. null: it
 * belongs to none (root hubs, sockets, the other side of a gadget, what is above all units).
 */
export function unitPathOf(device: KernelDevice, lookup: Lookup): string | null {
  const {devpath} = device;
  if (device.devtype === 'usb_port' || GADGET.test(devpath)) {
    return null;
  }
  const virtual = VIRTUAL_UNIT.exec(devpath)?.[0];
  if (virtual !== undefined) {
    return virtual;
  }
  if (devpath.includes('/usb')) {
    const usb = USB_UNIT.exec(devpath)?.[0];
    if (usb !== undefined) {
      return usb;
    }
    if (/\/usb\d+(?:\/|$)/.test(devpath)) {
      return null;
    }
  }
  return nearestUnit(devpath, lookup);
}

function nearestUnit(devpath: string, lookup: Lookup): string | null {
  for (let path = devpath; path !== '/devices'; path = path.slice(0, path.lastIndexOf('/'))) {
    const above = lookup(path);
    if (above !== undefined && isUnit(above)) {
      return path;
    }
  }
  return null;
}

function isUnit({devpath, subsystem, devtype}: KernelDevice): boolean {
  const name = devpath.slice(devpath.lastIndexOf('/') + 1);
  switch (subsystem) {
    case 'scsi':
      return devtype === 'scsi_device' || /^\d+:\d+:\d+:\d+$/.test(name);
    case 'i2c':
      return !/^i2c-\d+$/.test(name);
    default:
      return subsystem !== null && UNIT_BUSES.has(subsystem);
  }
}
