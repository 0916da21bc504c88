import type {FoundFunction} from '#devices/classify.ts';
import {describeFunction} from '#devices/describe.ts';
import type {DeviceDescription, Identity} from '#domain/device/events.ts';
import {identityOf} from '#domain/device/identity.ts';
import type {KernelDevice, LinkFact} from '#domain/kernel-device.ts';
import {virtualLinkKind} from './visibility.ts';

/** A unit with its kernel devices, the unit first, and the functions found in them. */
export interface FoundUnit {
  readonly unit: KernelDevice;
  readonly members: readonly KernelDevice[];
  readonly functions: readonly FoundFunction[];
  readonly position: string;
  readonly link: LinkFact | undefined;
}

type Words = Omit<DeviceDescription, 'identity' | 'ambiguous' | 'functions'>;

/** What is known of a unit, and how it is recognised. */
export function describeUnit(found: FoundUnit): Words & {readonly identity: Identity} {
  const {unit} = found;
  const ids = idsOf(unit);
  const serial = serialOf(found);
  const vendor = vendorOf(unit);
  const model = modelOf(found);
  const identity = identityOf({
    position: found.position,
    devpath: unit.devpath,
    wwid: wwidOf(found),
    mac: macOf(found),
    ids: ids ?? model ?? kindOf(found),
    serial,
  });
  const name = nameOf({found, vendor, model, ids});
  return {identity, ids, vendor, model, serial, driver: driverOf(found), name};
}

/** `vendor:product` of USB, `vendor:device` of PCI, the firmware's id of a UART. */
function idsOf({attributes, subsystem}: KernelDevice): string | null {
  const {idVendor, idProduct, vendor, device, id} = attributes;
  if (idVendor !== undefined && idProduct !== undefined) {
    return `${idVendor}:${idProduct}`;
  }
  if (subsystem === 'pci' && vendor !== undefined && device !== undefined) {
    return `${vendor.replace(/^0x/, '')}:${device.replace(/^0x/, '')}`;
  }
  return subsystem === 'pnp'
    ? (id?.split('\n')[0] ?? attributes['firmware_node/hid'] ?? null)
    : null;
}

function serialOf({unit, members}: FoundUnit): string | null {
  const isUsb = unit.devtype === 'usb_device';
  const own = text(unit.attributes.serial) ?? text(unit.properties.ID_SERIAL_SHORT);
  return own ?? (isUsb ? null : firstText(members, ['serial'], ['ID_SERIAL_SHORT']));
}

const vendorOf = ({attributes, properties, subsystem}: KernelDevice): string | null => {
  const own = attributes.manufacturer ?? (subsystem === 'scsi' ? attributes.vendor : undefined);
  const vendor = text(own) ?? text(properties.ID_VENDOR_FROM_DATABASE);
  return vendor === 'ATA' ? null : vendor;
};

function modelOf({unit, members}: FoundUnit): string | null {
  const {attributes, properties} = unit;
  const own = text(attributes.product) ?? text(attributes.model);
  const isCard = unit.subsystem === 'mmc';
  return (
    own ??
    (isCard ? text(attributes.name) : null) ??
    (unit.devtype === 'usb_device' ? null : firstText(members, ['model'], [])) ??
    text(properties.ID_MODEL_FROM_DATABASE)
  );
}

/** Proof of a disk: only where the unit is one, not of what sits behind a USB bridge. */
function wwidOf({unit, members, functions}: FoundUnit): string | null {
  const isDisk = functions.length === 1 && functions[0]?.class.name === 'storage';
  if (!isDisk || unit.devtype === 'usb_device') {
    return null;
  }
  const cid = text(unit.attributes.cid);
  return cid === null
    ? firstText(members, ['wwid'], ['ID_WWN_WITH_EXTENSION', 'ID_WWN'])
    : `cid.${cid}`;
}

function macOf({functions}: FoundUnit): {address: string; assignType: string | null} | null {
  const network = functions.find((found) => found.class.name === 'network');
  const {address, addr_assign_type: assignType} = network?.anchor.attributes ?? {};
  return address === undefined ? null : {address, assignType: assignType ?? null};
}

/** The driver that makes it useful: an interface's or a virtio function's before the bus's own. */
function driverOf({unit, members, functions}: FoundUnit): string | null {
  const above = functions.flatMap(({anchor, members: [first = anchor]}) => {
    const {devpath: path} = anchor === unit ? first : anchor;
    return members.filter(({devpath}) => `${path}/`.startsWith(`${devpath}/`)).toReversed();
  });
  const isUsb = unit.devtype === 'usb_device';
  const near = isUsb ? above.filter(({devtype}) => devtype === 'usb_interface') : above;
  const known = near.find(({driver}) => driver !== null && !BUS_DRIVERS.has(driver));
  return known?.driver ?? unit.driver;
}

/** Drivers that only carry others. */
const BUS_DRIVERS: ReadonlySet<string> = new Set(['usb', 'virtio-pci', 'ctrl', 'port']);

interface Named {
  readonly found: FoundUnit;
  readonly vendor: string | null;
  readonly model: string | null;
  readonly ids: string | null;
}

function nameOf({found, vendor, model, ids}: Named): string {
  if (model !== null) {
    const isNamedInModel = vendor !== null && model.toLowerCase().startsWith(vendor.toLowerCase());
    return vendor === null || isNamedInModel ? model : `${vendor} ${model}`;
  }
  const [first] = found.functions;
  const words = first === undefined ? 'device' : describeFunction(first);
  const code = ids?.includes(':') === true ? ids : null;
  return [vendor, words, code].filter((part) => part !== null).join(' ');
}

const kindOf = ({unit, link}: FoundUnit): string | null =>
  unit.devpath.startsWith('/devices/virtual/') ? virtualLinkKind(unit, link) : null;

function firstText(
  members: readonly KernelDevice[],
  attributes: readonly string[],
  properties: readonly string[],
): string | null {
  for (const member of members) {
    const values = [
      ...attributes.map((key) => member.attributes[key]),
      ...properties.map((key) => member.properties[key]),
    ];
    const found = values.map(text).find((value) => value !== null);
    if (found !== undefined) {
      return found;
    }
  }
  return null;
}

const text = (value: string | undefined): string | null => {
  const trimmed = value?.trim();
  return trimmed === undefined || trimmed === '' ? null : trimmed;
};
