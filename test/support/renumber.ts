import type {KernelDevice} from '#domain/kernel-device.ts';

/**
 * Every number that the kernel counts is another one, each kind by its own offset: MODEL.md,
 * Position, names the kinds.
 */
export function renumber(text: string, by: (kind: string) => number): string {
  const shift = (kind: string, digits: string, base = 10, width = 0): string =>
    (Number.parseInt(digits, base) + by(kind)).toString(base).padStart(width, '0');
  return text
    .replace(/\busb(\d+)(?=[-/]|$)/g, (_, bus) => `usb${shift('usb', bus)}`)
    .replace(/(?<=\/)(\d+)-(?=\d)/g, (_, bus) => `${shift('usb', bus)}-`)
    .replace(/\b(0000):([0-9a-f]{2}):(?=[0-9a-f]{2}\.\d)/g, (whole, domain, bus) =>
      bus === '00' ? whole : `${domain}:${shift('pci', bus, 16, 2)}:`,
    )
    .replace(/\bhost(\d+)/g, (_, n) => `host${shift('host', n)}`)
    .replace(/\btarget(\d+):/g, (_, n) => `target${shift('host', n)}:`)
    .replace(/(?<=\/)(\d+)(?=:\d+:\d+:\d+)/g, (n) => shift('host', n))
    .replace(/\bvirtio(\d+)/g, (_, n) => `virtio${shift('virtio', n)}`)
    .replace(/\bmmc(\d+)(?=\/|:|$)/g, (_, n) => `mmc${shift('mmc', n)}`)
    .replace(/\bmmcblk(\d+)/g, (_, n) => `mmcblk${shift('mmc', n)}`)
    .replace(/\bata(\d+)/g, (_, n) => `ata${shift('ata', n)}`)
    .replace(
      /\b(input|event|ttyUSB|nvme|video|media|serio|card|pcmC|controlC|gpiochip|hwmon|iio:device|hci|lp|i2c-|cdc-wdm|fb|renderD)(\d+)(?=\/|$|n|D|-|:)/g,
      (_, name, n) => `${name}${shift(name, n)}`,
    )
    .replace(/(?<=pnp0\/)00:([0-9a-f]{2})/g, (_, n) => `00:${shift('pnp', n, 16, 2)}`)
    .replace(/(?<=\/)00:03(?=:0)/g, `00:${shift('pnp', '03', 16, 2)}`);
}

/** A device of a kernel that counts otherwise. */
export const renumbered = (device: KernelDevice, by: (kind: string) => number): KernelDevice => ({
  ...device,
  devpath: renumber(device.devpath, by),
  references: Object.fromEntries(
    Object.entries(device.references).map(([name, path]) => [name, renumber(path, by)]),
  ),
});

const SERIAL_BASE = /\/(\d\d:[0-9a-f]{2}|serial8250):\d+(?:\/\1:\d+\.\d+)?(?=\/|$)/;

/** The same machine under a kernel before Linux 6.5: no layers between a UART and its tty. */
export const withoutSerialBase = (machine: readonly KernelDevice[]): readonly KernelDevice[] =>
  machine
    .filter(({subsystem}) => subsystem !== 'serial-base')
    .map((device) => ({...device, devpath: device.devpath.replace(SERIAL_BASE, '')}));
