import {z} from 'zod';

import {KernelDevice} from '#domain/kernel-device.ts';
import {bareDevice} from './bare-device.ts';

const Code = z.looseObject({hex: z.string().optional(), name: z.string().optional()});

/** What we read of an item of a facter report's `hardware`. */
const Item = z.looseObject({
  sysfs_id: z.string().optional(),
  sysfs_device_link: z.string().optional(),
  bus_type: Code.optional(),
  base_class: Code.optional(),
  sub_class: Code.optional(),
  pci_interface: Code.optional(),
  vendor: Code.optional(),
  device: Code.optional(),
  serial: z.string().optional(),
  driver: z.string().optional(),
  unix_device_name: z.string().optional(),
  unix_device_names: z.array(z.string()).optional(),
  detail: z
    .looseObject({
      device_class: Code.optional(),
      interface_class: Code.optional(),
      interface_subclass: Code.optional(),
      interface_protocol: z.number().optional(),
      interface_number: z.number().optional(),
      interface_association: z.looseObject({first_interface: z.number()}).optional(),
    })
    .optional(),
});
type Item = z.infer<typeof Item>;

const Report = z.looseObject({hardware: z.record(z.string(), z.unknown())});

/**
 * Kernel devices as far as a facter report names them: PCI functions, USB units with their
 * interfaces, and the nodes and network interfaces of both. What it names no place of is left out.
 */
export function facterDevices(text: string): readonly KernelDevice[] {
  const {hardware} = Report.parse(JSON.parse(text));
  const items = Object.values(hardware).flatMap((list) => z.array(Item).catch([]).parse(list));
  const devices = new Map<string, KernelDevice>();
  for (const device of items.flatMap(devicesOf)) {
    const known = devices.get(device.devpath);
    devices.set(device.devpath, known === undefined ? device : joined(known, device));
  }
  return [...devices.values()].toSorted((a, b) => (a.devpath < b.devpath ? -1 : 1));
}

function devicesOf(item: Item): readonly KernelDevice[] {
  const path = item.sysfs_id ?? '';
  if (path.startsWith('/class/net/')) {
    const name = path.slice('/class/net/'.length);
    const above = item.sysfs_device_link ?? '/devices/virtual';
    return [...usbAbove(above), deviceAt(`${above}/net/${name}`, 'net', {ifindex: 1})];
  }
  if (path.startsWith('/class/block/')) {
    const link = item.sysfs_device_link;
    return link === undefined ? [] : [...usbAbove(link), diskOf(item, link)];
  }
  if (!path.startsWith('/devices/')) {
    return [];
  }
  const own = item.detail?.interface_class === undefined ? [otherOf(item, path)] : usb(item, path);
  return [...own, ...nodesOf(item, path)];
}

/** The USB unit and interface that something hangs on, of which the report has no item of its own. */
function usbAbove(path: string): readonly KernelDevice[] {
  const [part, unit] = /^(.*\/\d+-[\d.]+)\/\d+-[\d.]+:\d+\.\d+/.exec(path) ?? [];
  return part === undefined || unit === undefined
    ? []
    : [
        deviceAt(unit, 'usb', {devtype: 'usb_device'}),
        deviceAt(part, 'usb', {devtype: 'usb_interface'}),
      ];
}

function diskOf({sysfs_id: id = '', unix_device_name: node}: Item, link: string): KernelDevice {
  const name = id.slice('/class/block/'.length);
  const folder = name.startsWith('nvme') ? link : `${link}/block`;
  return deviceAt(`${folder}/${name}`, 'block', {devtype: 'disk', node: node ?? null});
}

function otherOf(item: Item, path: string): KernelDevice {
  if (item.bus_type?.name !== 'PCI') {
    return deviceAt(path, /\/input\d+$/.test(path) ? 'input' : null, {});
  }
  const code = [item.base_class, item.sub_class, item.pci_interface].map((part) => tail(part, 2));
  return deviceAt(path, 'pci', {
    driver: item.driver ?? null,
    attributes: {
      class: `0x${code.join('')}`,
      vendor: `0x${tail(item.vendor, 4)}`,
      device: `0x${tail(item.device, 4)}`,
    },
  });
}

function usb(item: Item, path: string): readonly KernelDevice[] {
  const {detail, vendor, device, serial} = item;
  const first = detail?.interface_association?.first_interface;
  const words = Object.entries({manufacturer: vendor?.name, product: device?.name, serial});
  const unit = deviceAt(path.slice(0, path.lastIndexOf('/')), 'usb', {
    devtype: 'usb_device',
    driver: 'usb',
    attributes: {
      idVendor: tail(vendor, 4),
      idProduct: tail(device, 4),
      bDeviceClass: tail(detail?.device_class, 2),
      ...Object.fromEntries(words.filter(([, word]) => word !== undefined)),
    },
  });
  const part = deviceAt(path, 'usb', {
    devtype: 'usb_interface',
    driver: item.driver ?? null,
    attributes: {
      bInterfaceClass: tail(detail?.interface_class, 2),
      bInterfaceSubClass: tail(detail?.interface_subclass, 2),
      bInterfaceProtocol: hex(detail?.interface_protocol),
      bInterfaceNumber: hex(detail?.interface_number),
      ...(first === undefined ? {} : {iad_bFirstInterface: hex(first)}),
    },
  });
  return [unit, part];
}

function nodesOf(item: Item, path: string): readonly KernelDevice[] {
  const names = new Set([item.unix_device_name ?? '', ...(item.unix_device_names ?? [])]);
  return [...names].flatMap((node) => {
    const name = node.slice(node.lastIndexOf('/') + 1);
    if (/^\/dev\/tty[A-Z]+\d+$/.test(node)) {
      return [deviceAt(`${path}/tty/${name}`, 'tty', {node})];
    }
    return /^\/dev\/input\/event\d+$/.test(node)
      ? [deviceAt(`${path}/input/input0/${name}`, 'input', {node})]
      : [];
  });
}

const deviceAt = (
  devpath: string,
  subsystem: string | null,
  fields: Partial<KernelDevice>,
): KernelDevice => KernelDevice.parse(bareDevice(devpath, {subsystem, ...fields}));

const joined = (known: KernelDevice, more: KernelDevice): KernelDevice => ({
  ...more,
  ...known,
  attributes: {...more.attributes, ...known.attributes},
});

const tail = (code: {hex?: string | undefined} | undefined, digits: number): string =>
  (code?.hex ?? '').padStart(digits, '0').slice(-digits);

const hex = (number = 0): string => number.toString(16).padStart(2, '0');
