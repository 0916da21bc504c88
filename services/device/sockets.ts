import type {DeviceClass, SocketRule} from '#devices/class.ts';
import {isFit} from '#devices/match.ts';
import type {KernelDevice} from '#domain/kernel-device.ts';
import type {Positions} from '#domain/port/position.ts';
import type {KernelTable} from './kernel-table.ts';
import type {ObservedPort} from './observation.ts';
import {unitPathOf} from './unit.ts';

/** A socket of the machine or of a hub, as it is when nothing is in it. */
export interface Socket {
  readonly port: ObservedPort;
  /** False where the firmware says that nothing can be plugged in: only a unit proves it. */
  readonly isShown: boolean;
}

/** All sockets that can be empty: of USB controllers and hubs, card slots, and those of classes. */
export function observeSockets(
  table: KernelTable,
  positions: Positions,
  classes: readonly DeviceClass[],
): readonly Socket[] {
  const rules = classes.flatMap((deviceClass) =>
    (deviceClass.sockets ?? []).map((rule) => ({deviceClass, rule})),
  );
  const sockets = new Map<string, Socket>();
  for (const device of table.all()) {
    const ruled = rules.find(({rule}) => isFit(rule.match, device));
    const socket =
      ruled === undefined
        ? socketOf(device, positions)
        : ruledSocket(device, {...ruled, ...placeOf(device, table, positions)});
    if (socket !== undefined) {
      const known = sockets.get(socket.port.position);
      sockets.set(socket.port.position, known === undefined ? socket : joined(known, socket));
    }
  }
  return [...sockets.values()];
}

function socketOf(device: KernelDevice, positions: Positions): Socket | undefined {
  const position = positions.of(device.devpath);
  if (device.devtype === 'usb_port') {
    const type = device.attributes.connect_type;
    const kind = type === 'hardwired' ? 'fixed' : 'socket';
    const port = emptyPort(position, 'usb', usbName(device.devpath), parentOf(position));
    return {port: {...port, kind}, isShown: type !== 'not used'};
  }
  if (device.subsystem === 'mmc_host') {
    const name = device.devpath.slice(device.devpath.lastIndexOf('/') + 1);
    return {port: emptyPort(position, 'storage', name, null), isShown: true};
  }
  return undefined;
}

interface Ruled {
  readonly deviceClass: DeviceClass;
  readonly rule: SocketRule;
}

interface Place {
  readonly position: string;
  /** Of the unit that it is part of. */
  readonly parent: string | null;
}

function placeOf(device: KernelDevice, {lookup}: KernelTable, positions: Positions): Place {
  const unit = unitPathOf(device, lookup);
  const parent = unit === null ? null : positions.of(unit);
  return {position: positions.of(device.devpath), parent};
}

/** A socket that a class.json speaks of: it hangs below the unit that has it. */
function ruledSocket(
  device: KernelDevice,
  {deviceClass, rule, position, parent}: Ruled & Place,
): Socket {
  const isFixed = rule.fixed?.some((condition) => isFit(condition, device)) === true;
  const name = position.slice(position.lastIndexOf('/') + 1);
  return {
    port: {
      ...emptyPort(position, deviceClass.name, name, parent),
      kind: isFixed ? 'fixed' : 'socket',
      direction: deviceClass.direction,
      state: isFit(rule.present, device) ? 'present' : 'absent',
    },
    isShown: true,
  };
}

/** The two speeds of one socket: usable if either is, named after the lower bus. */
const joined = (a: Socket, b: Socket): Socket => ({
  port: a.port.name < b.port.name ? a.port : b.port,
  isShown: a.isShown || b.isShown,
});

const emptyPort = (
  position: string,
  deviceClass: string,
  name: string,
  parent: string | null,
): ObservedPort => ({
  position,
  kind: 'socket',
  class: deviceClass,
  direction: 'both',
  parent,
  name,
  state: 'absent',
  link: null,
  speedMbps: null,
});

/** A socket of a hub hangs below the socket that the hub is in. */
function parentOf(position: string): string | null {
  const at = position.lastIndexOf('/');
  const dot = position.lastIndexOf('.');
  return dot > at ? position.slice(0, dot) : null;
}

/** `usb1-port3` is socket 1-3, `1-1-port4` is 1-1.4: as the kernel will call what is plugged in. */
const usbName = (devpath: string): string => {
  const name = devpath.slice(devpath.lastIndexOf('/') + 1);
  return name.startsWith('usb')
    ? name.replace(/^usb(\d+)-port/, '$1-')
    : name.replace(/-port/, '.');
};
