/**
 * Which sysfs files are read of a kernel device: what positions, identity, classes and words need,
 * and nothing that changes by itself, so that reading twice gives the same.
 */
export function attributesOf(
  subsystem: string | null,
  devtype: string | null,
  name: string,
): readonly string[] {
  const byType = ATTRIBUTES[devtype ?? ''];
  if (byType !== undefined) {
    return byType;
  }
  if (subsystem === 'i2c' || /^i2c-\d+$/.test(name)) {
    return ['name'];
  }
  return ATTRIBUTES[subsystem ?? ''] ?? NONE;
}

/** True where the firmware's name of a kernel device counts. */
export const hasFirmwareName = (subsystem: string | null, name: string): boolean =>
  subsystem === 'pnp' ||
  (subsystem === 'platform' && /^[A-Z][A-Z0-9]{2,3}[0-9A-F]{4}:/.test(name)) ||
  (/^pci[0-9a-f]{4,}:/.test(name) && !name.endsWith(':00'));

const NONE: readonly string[] = [];

/** By devtype where there is one, else by subsystem. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  usb_device: [
    'idVendor',
    'idProduct',
    'manufacturer',
    'product',
    'serial',
    'speed',
    'version',
    'bDeviceClass',
    'maxchild',
    'removable',
  ],
  usb_interface: [
    'bInterfaceNumber',
    'bInterfaceClass',
    'bInterfaceSubClass',
    'bInterfaceProtocol',
    'iad_bFirstInterface',
    'iad_bFunctionClass',
  ],
  usb_port: ['connect_type'],
  disk: ['size', 'removable', 'serial', 'wwid', 'loop/backing_file', 'pid'],
  scsi_device: ['vendor', 'model', 'rev', 'type', 'wwid'],
  partition: NONE,
  acpi: ['hid', 'uid', 'path'],
  ata_port: ['port_no'],
  drm: ['status'],
  drm_connector: ['status'],
  gpio: ['ngpio'],
  hwmon: ['name'],
  iio: ['name'],
  iio_device: ['name'],
  input: ['name', 'phys'],
  media: ['model'],
  mmc: ['name', 'cid', 'type', 'serial'],
  net: ['address', 'addr_assign_type', 'dev_port', 'type', 'tun_flags'],
  nvme: ['model', 'serial'],
  pci: ['vendor', 'device', 'class'],
  pnp: ['id'],
  serio: ['description'],
  tty: ['type'],
  'usb-serial': ['port_number'],
  video4linux: ['name', 'index'],
};

/** `net` devices have their own devtypes (bridge, wlan …) and are read by subsystem all the same. */
export const isReadBySubsystem = (subsystem: string | null): boolean => subsystem === 'net';
