import type {KernelDevice} from '../kernel-device.ts';

/**
 * Name of a PCI root: the domain for its root bus 00, else the domain and the firmware's path of
 * the root, or its bus where there is no firmware.
 */
export function pciRootPart(domain = '0000', bus = '00', root: KernelDevice | undefined): string {
  if (bus === '00') {
    return domain;
  }
  return `${domain}@${acpiPath(root?.references.firmware) ?? bus}`;
}

/**
 * What the instance in a class folder adds: the socket of a network card with several, the part of
 * a disk. Everything else in a class folder is a number the kernel gave.
 */
export function classPart(
  folder: string,
  segment: string,
  device: KernelDevice | undefined,
): string | null {
  if (folder === 'net') {
    const port = Number(device?.attributes.dev_port ?? 0);
    return port > 0 ? `port${port}` : null;
  }
  return folder === 'nvme' || folder === 'block' ? (namespacePart(segment) ?? null) : null;
}

/** `/nsN` of an NVMe namespace, `/bootN` of an eMMC. */
function namespacePart(segment: string): string | undefined {
  const [, namespace] = /^nvme\d+(?:c\d+)?n(\d+)$/.exec(segment) ?? [];
  if (namespace !== undefined) {
    return `ns${namespace}`;
  }
  return undefined;
}

/** ATA, SCSI, SAS and NVMe layers: target and LUN without the host's number; in USB the LUN only. */
export function scsiPart(segment: string, isUsb: boolean): string | undefined {
  const [, channel, target, lun] = /^\d+:(\d+):(\d+):(\d+)$/.exec(segment) ?? [];
  if (lun !== undefined) {
    const address = channel === '0' ? `${target}:${lun}` : `${channel}:${target}:${lun}`;
    return isUsb ? `lun${lun}` : address;
  }
  const [, layer, number] = /^(port|expander)-\d+:(\d+(?::\d+)?)$/.exec(segment) ?? [];
  if (layer !== undefined) {
    return `${layer}${number}`;
  }
  return namespacePart(segment) ?? partitionPart(segment);
}

/** A partition, or a boot area of an eMMC. */
function partitionPart(segment: string): string | undefined {
  const [, boot] = /^mmcblk\d+(boot\d+|rpmb)$/.exec(segment) ?? [];
  const [, partition] =
    /^(?:sd[a-z]+|vd[a-z]+|xvd[a-z]+|(?:nvme\d+n|mmcblk)\d+p)(\d+)$/.exec(segment) ?? [];
  return boot ?? (partition === undefined ? undefined : `part${partition}`);
}

/**
 * What the firmware calls an ACPI or PNP device: its hardware id and uid, else its path in the
 * firmware's tree. undefined: not such a device.
 */
export function acpiName(segment: string, device: KernelDevice | undefined): string | undefined {
  const isPnp = /^\d\d:[0-9a-f]{2,}$/.test(segment);
  const [, prefix, instance] =
    /^([A-Z][A-Z0-9]{2,3}[0-9A-F]{4}|LNX[A-Z0-9]+|VMBUS|device):([0-9a-f]{2,})$/.exec(segment) ??
    [];
  if (!isPnp && prefix === undefined) {
    return undefined;
  }
  const of = (name: string) =>
    device?.attributes[`firmware_node/${name}`] ?? device?.attributes[name];
  const hid = of('hid') ?? device?.attributes.id?.split('\n')[0] ?? prefix ?? 'pnp';
  const uid = of('uid');
  const path = acpiPath(device?.references.firmware ?? device?.attributes.path);
  if (uid !== undefined && uid !== '') {
    return `${hid}-${uid}`;
  }
  if (path !== undefined) {
    return hid === 'device' ? path : `${hid}@${path}`;
  }
  return isPnp || instance !== '00' ? `${hid}@${instance ?? segment}` : hid;
}

/** Everything else that a firmware or driver named. null: a layer that says nothing. */
export function platformPart(
  segment: string,
  parent: string,
  devpath: string,
  lookup: (devpath: string) => KernelDevice | undefined,
): string | null {
  const device = lookup(devpath);
  if (device?.subsystem === 'serial-base') {
    return serialBasePart(segment, parent);
  }
  const [ata] = /^ata\d+$/.exec(segment) ?? [];
  if (ata !== undefined) {
    return `ata${lookup(`${devpath}/ata_port/${ata}`)?.attributes.port_no ?? ata.slice(3)}`;
  }
  const [, address] = /^\d+-([0-9a-f]{4})$/.exec(segment) ?? [];
  if (address !== undefined) {
    return address;
  }
  return numberedPart(segment, device);
}

function numberedPart(segment: string, device: KernelDevice | undefined): string | null {
  if (/^i2c-\d+$/.test(segment)) {
    const name = device?.attributes.name?.replace(/i2c-\d+-/, '').replace(/[^A-Za-z0-9]+/g, '-');
    return name === undefined ? 'i2c' : `i2c@${name}`;
  }
  if (/^serio\d+$/.test(segment)) {
    const words = device?.attributes.description?.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    return words ?? 'serio';
  }
  const isUsbSerial = /^tty[A-Z]+\d+$/.test(segment);
  if (isUsbSerial) {
    const port = device?.attributes.port_number;
    return port === undefined ? null : `port${port}`;
  }
  const [, connector] = /^card\d+-(.+)$/.exec(segment) ?? [];
  if (connector !== undefined) {
    return connector;
  }
  if (/^(?:card|wwan|mmc|gpiochip|iio:device|hwmon|rfkill|hci\d+:)\d+$/.test(segment)) {
    return null;
  }
  // Sound nodes repeat the number of their card; platform devices may be numbered as they come.
  return segment.replace(/^(pcm|control|midi|hw)C\d+/, '$1').replace(/\.\d+\.auto$/, '');
}

/**
 * Layers that the serial core puts between a UART and its tty since Linux 6.5: the controller's
 * says nothing, the port's counts only where there is more than one.
 */
function serialBasePart(segment: string, parent: string): string | null {
  const rest = segment.startsWith(parent) ? segment.slice(parent.length) : '';
  const [, port] = /^\.(\d+)$/.exec(rest) ?? [];
  return port === undefined || port === '0' ? null : `port${port}`;
}

const acpiPath = (path: string | undefined): string | undefined =>
  path === undefined || path === '' ? undefined : path.replace(/^\\/, '').replace(/\//g, '.');
