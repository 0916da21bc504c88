import {alsoFits} from '#devices/classes.ts';
import type {DeviceFunction} from '#domain/device/events.ts';
import type {DeviceState} from '#domain/device/state.ts';
import type {PortState} from '#domain/port/state.ts';
import type {RoleState} from '#domain/role/state.ts';
import type {Inventory} from './inventory.ts';
import {deviceInPort} from './port-rows.ts';
import {holderOf} from './role-holder.ts';

/** Roles that lead nowhere now, and that something in this port would fit and serves nobody. */
export function rolesAwaiting(inventory: Inventory, port: PortState): readonly RoleState[] {
  const free = freeFunctions(inventory, port, heldFunctions(inventory));
  return free.length === 0
    ? []
    : Object.values(inventory.roles).filter(
        (role) =>
          holderOf(inventory, role).kind === 'absent' &&
          free.some(({class: name}) => classesOf(inventory, role).includes(name)),
      );
}

/** The first port whose unit a role could have: not the one it waits at. */
export function portLikeWanted(inventory: Inventory, role: RoleState): PortState | undefined {
  const wanted = classesOf(inventory, role);
  if (wanted.length === 0) {
    return undefined;
  }
  const held = heldFunctions(inventory);
  return Object.values(inventory.ports).find((port) =>
    freeFunctions(inventory, port, held).some(({class: name}) => wanted.includes(name)),
  );
}

/** What a role is for: what it was bound to say, else what its last unit was. */
function classesOf(inventory: Inventory, {target, selector}: RoleState): readonly string[] {
  if (selector.class !== null) {
    return [selector.class, ...alsoFits(selector.class)];
  }
  return (lastUnitOf(inventory, target)?.functions ?? []).map(({class: name}) => name);
}

/** The unit a role led to last, here or away. */
export const lastUnitOf = (
  inventory: Inventory,
  target: RoleState['target'],
): DeviceState | undefined =>
  target.kind === 'device'
    ? inventory.devices[target.deviceId]
    : Object.values(inventory.devices)
        .filter(({portId}) => portId === target.portId)
        .toSorted((a, b) => b.sequence - a.sequence)[0];

const heldFunctions = (inventory: Inventory): ReadonlySet<DeviceFunction> =>
  new Set(
    Object.values(inventory.roles).flatMap((role) => {
      const holder = holderOf(inventory, role);
      return holder.kind === 'held' ? holder.functions : [];
    }),
  );

function freeFunctions(
  inventory: Inventory,
  port: PortState,
  held: ReadonlySet<DeviceFunction>,
): readonly DeviceFunction[] {
  const device = deviceInPort(inventory, port);
  if (device === null || port.state !== 'present') {
    return [];
  }
  return device.functions.filter((one) => one.state === 'present' && !held.has(one));
}
