import type {DeviceFunction} from '#domain/device/events.ts';
import type {DeviceState} from '#domain/device/state.ts';
import type {PortState} from '#domain/port/state.ts';
import type {RoleState} from '#domain/role/state.ts';
import type {Inventory} from './inventory.ts';
import {deviceInPort, functionsOfRole, portOfRole} from './port-rows.ts';

/** What a role leads to now. */
export type RoleHolder =
  /** Its port is empty or may not be used, or its unit is away. */
  | {readonly kind: 'absent'; readonly port: PortState | null}
  /** A unit sits there, and has no function that the role selects. */
  | {readonly kind: 'unfit'; readonly port: PortState; readonly device: DeviceState}
  /** Several functions of one class fit: it takes a suffix to say which. */
  | {readonly kind: 'ambiguous'; readonly port: PortState; readonly device: DeviceState}
  /** A connector knows that a screen is there, and has no unit: then device is null. */
  | {
      readonly kind: 'held';
      readonly port: PortState;
      readonly device: DeviceState | null;
      readonly functions: readonly DeviceFunction[];
    };

/** Who holds a role: at most one unit, and of each class at most one function. */
export function holderOf(inventory: Inventory, role: RoleState): RoleHolder {
  const port = portOfRole(inventory, role);
  if (port === null || !isUsable(port)) {
    return {kind: 'absent', port};
  }
  const device = deviceInPort(inventory, port);
  if (device === null) {
    return port.state === 'present'
      ? {kind: 'held', port, device, functions: []}
      : {kind: 'absent', port};
  }
  const fitting = functionsOfRole(role, device);
  if (fitting.length === 0) {
    return {kind: 'unfit', port, device};
  }
  // Also an empty slot counts: a card in it must not take the role from another's.
  if (new Set(fitting.map(({class: name}) => name)).size < fitting.length) {
    return {kind: 'ambiguous', port, device};
  }
  const functions = fitting.filter(({state}) => state === 'present');
  return functions.length === 0 ? {kind: 'absent', port} : {kind: 'held', port, device, functions};
}

/** A network port without a carrier is absent, and its interface is there all the same. */
const isUsable = ({state, link}: PortState): boolean =>
  state === 'present' || state === 'faulted' || (state === 'absent' && link !== null);
