import {OTHER_CLASS} from '#devices/classes.ts';
import type {FoundFunction} from '#devices/classify.ts';
import type {KernelDevice, LinkFact} from '#domain/kernel-device.ts';

/** Virtual interfaces that someone made on purpose. All others stay out of the store. */
const VIRTUAL_LINKS: ReadonlySet<string> = new Set([
  'bond',
  'bridge',
  'geneve',
  'ipvlan',
  'macvlan',
  'macvtap',
  'tap',
  'team',
  'tun',
  'vlan',
  'vxlan',
  'wireguard',
]);

/**
 * True for what is stored and shown without `--all`: MODEL.md, Visible. Virtual things are listed
 * by kind; physical ones need a function that some class knows, or a USB socket of their own.
 */
export function isUnitVisible(
  unit: KernelDevice,
  functions: readonly FoundFunction[],
  linkOf: (device: KernelDevice) => LinkFact | undefined,
): boolean {
  if (unit.devpath.startsWith('/devices/virtual/')) {
    return isVirtualVisible(unit, linkOf);
  }
  return (
    unit.devtype === 'usb_device' || functions.some((found) => found.class.name !== OTHER_CLASS)
  );
}

function isVirtualVisible(
  unit: KernelDevice,
  linkOf: (device: KernelDevice) => LinkFact | undefined,
): boolean {
  switch (unit.subsystem) {
    case 'net':
      return VIRTUAL_LINKS.has(virtualLinkKind(unit, linkOf(unit)) ?? '');
    case 'block':
      return isBackedBlock(unit);
    default:
      return false;
  }
}

/** What kind of virtual interface it is, or null where the kernel does not say. */
export const virtualLinkKind = (device: KernelDevice, link: LinkFact | undefined): string | null =>
  link?.kind ?? device.devtype ?? (device.attributes.tun_flags === undefined ? null : 'tun');

/** A loop device with a file behind it, a network block device with a peer. */
const isBackedBlock = ({attributes, devpath}: KernelDevice): boolean =>
  (devpath.includes('/loop') && (attributes['loop/backing_file'] ?? '') !== '') ||
  (devpath.includes('/nbd') && (attributes.pid ?? '') !== '');

/** False for parts that are no function of anything: UARTs without a chip. */
export const isFunctionVisible = ({class: {name}, anchor}: FoundFunction): boolean =>
  !(name === 'serial' && anchor.attributes.type === '0');
