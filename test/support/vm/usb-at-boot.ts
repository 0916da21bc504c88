import {MAC, STICK_BYTES, type UsbDriver} from './usb.ts';

/** A USB device that is plugged in when the machine is switched on, each in a socket of its own. */
export interface BootUnit {
  readonly driver: UsbDriver;
  readonly socket: number;
  readonly serial: string;
  /** Class of what it is good for. */
  readonly class: string;
}

export const BOOT_UNITS: readonly BootUnit[] = [
  {driver: 'usb-serial', socket: 1, serial: 'SERIAL0001', class: 'serial'},
  {driver: 'usb-storage', socket: 2, serial: 'STICK0001', class: 'storage'},
  {driver: 'usb-net', socket: 3, serial: 'NET0001', class: 'network'},
  {driver: 'usb-kbd', socket: 4, serial: 'KBD0001', class: 'input'},
  {driver: 'usb-audio', socket: 5, serial: 'SOUND0001', class: 'audio'},
  {driver: 'usb-mouse', socket: 6, serial: 'MOUSE0001', class: 'input'},
];

/** Name of a unit for QEMU, and of the role that its socket has. */
export const nameOfUnit = ({driver}: BootUnit): string => driver.replace('usb-', 'at-boot-');

/** A unit as `device_add` takes it, whatever stands behind it is there already. */
export const unitWords = (unit: BootUnit): Readonly<Record<string, unknown>> => ({
  driver: unit.driver,
  id: nameOfUnit(unit),
  bus: 'xhci.0',
  port: String(unit.socket),
  serial: unit.serial,
  ...BEHIND[unit.driver]?.words,
});

/** Words for QEMU's command line with which a unit is there from the start. */
export const bootWords = (unit: BootUnit): readonly string[] => [
  ...(BEHIND[unit.driver]?.options ?? []),
  ...['-device', JSON.stringify(unitWords(unit))],
];

interface Behind {
  readonly options: readonly string[];
  readonly words: Readonly<Record<string, unknown>>;
}

const STICK = {
  driver: 'raw',
  'node-name': 'stick-at-boot',
  file: {driver: 'null-co', 'read-zeroes': true, size: STICK_BYTES},
};

/** What stands behind a device. */
const BEHIND: Readonly<Partial<Record<UsbDriver, Behind>>> = {
  'usb-serial': {
    options: ['-chardev', 'null,id=line-at-boot'],
    words: {chardev: 'line-at-boot', 'always-plugged': true},
  },
  'usb-storage': {
    options: ['-blockdev', JSON.stringify(STICK)],
    words: {drive: 'stick-at-boot'},
  },
  'usb-net': {
    options: ['-netdev', 'user,id=net-at-boot,restrict=on'],
    words: {netdev: 'net-at-boot', mac: MAC},
  },
  'usb-audio': {options: [], words: {audiodev: 'sound'}},
};
