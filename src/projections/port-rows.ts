import {alsoFits} from '#devices/classes.ts';
import type {DeviceFunction} from '#domain/device/events.ts';
import type {DeviceState} from '#domain/device/state.ts';
import type {
  PluggedDevice,
  FunctionRow as WireFunction,
  PortRow as WirePort,
} from '#domain/port/row.ts';
import type {PortState} from '#domain/port/state.ts';
import {NEVER_READ, type PortUser, type PortUsers} from '#domain/port/user.ts';
import type {FunctionSelector} from '#domain/role/events.ts';
import type {RoleState} from '#domain/role/state.ts';

import type {Inventory} from './inventory.ts';

/** A function as `port list --json` gives it. */
export type FunctionRow = WireFunction;

/** A unit as `port list --json` gives it. */
export type DeviceRow = PluggedDevice;

/** A port as `port list --json` gives it: CLI.md, Shapes. */
export type PortRow = WirePort;

/** What people call a port: its label, else its name. */
export const portTitle = (port: Pick<PortState, 'label' | 'name'>): string =>
  port.label ?? port.name;

/** Every port as a row: labelled ones first, then in order of title, numbers by value. */
export function portRows(inventory: Inventory, users: PortUsers): readonly PortRow[] {
  const roles = rolesByPort(inventory);
  return Object.values(inventory.ports)
    .map((port) => portRow(inventory, port, roles.get(port.id) ?? [], users))
    .sort(comparePorts);
}

/** What a person has named comes before what only the kernel has. */
const comparePorts = (a: PortRow, b: PortRow): number =>
  Number(a.label === null) - Number(b.label === null) || compareTitles(portTitle(a), portTitle(b));

// localeCompare with options makes a collator for each call: 6 ms for the sort of 200 ports.
const COLLATOR = new Intl.Collator('en', {numeric: true, sensitivity: 'base'});

/** Natural order: "USB 2" before "USB 10". */
export const compareTitles = (a: string, b: string): number =>
  COLLATOR.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);

/** The port a role leads to now, or null when its unit is away. */
export function portOfRole(inventory: Inventory, role: RoleState): PortState | null {
  if (role.target.kind === 'port') {
    return inventory.ports[role.target.portId] ?? null;
  }
  const device = inventory.devices[role.target.deviceId];
  return device?.state === 'ready' ? (inventory.ports[device.portId] ?? null) : null;
}

/**
 * The functions of a unit that a selector means. Who says scanner means also what calls itself a
 * keyboard, where nothing calls itself a scanner.
 */
export function functionsFor(
  {class: wanted, suffix}: FunctionSelector,
  {functions}: Pick<DeviceState, 'functions'>,
): readonly DeviceFunction[] {
  const there = functions.filter(({id}) => suffix === null || suffix === id);
  if (wanted === null) {
    return there;
  }
  const exact = there.filter(({class: name}) => name === wanted);
  return exact.length > 0
    ? exact
    : there.filter(({class: name}) => alsoFits(wanted).includes(name));
}

/** The functions of a unit that a role selects. */
export const functionsOfRole = (
  {selector}: Pick<RoleState, 'selector'>,
  device: DeviceState,
): readonly DeviceFunction[] => functionsFor(selector, device);

/** The unit in a port now. */
export const deviceInPort = (
  {devices}: Pick<Inventory, 'devices'>,
  port: PortState,
): DeviceState | null => (port.deviceId === null ? null : (devices[port.deviceId] ?? null));

function rolesByPort(inventory: Inventory): ReadonlyMap<string, readonly RoleState[]> {
  const roles = new Map<string, RoleState[]>();
  for (const role of Object.values(inventory.roles)) {
    const port = portOfRole(inventory, role);
    if (port !== null) {
      roles.set(port.id, [...(roles.get(port.id) ?? []), role]);
    }
  }
  return roles;
}

function portRow(
  inventory: Inventory,
  port: PortState,
  roles: readonly RoleState[],
  users: PortUsers,
): PortRow {
  const {deviceId: _deviceId, ...rest} = port;
  const user = users[port.id] ?? NEVER_READ;
  const device = deviceInPort(inventory, port);
  const names = roles.map(({id}) => id).sort();
  return {
    ...rest,
    direction: directionOf(device) ?? port.direction,
    role: names[0] ?? null,
    roles: names,
    user,
    device: device === null ? null : deviceRow(device, roles, user),
  };
}

/** The union of what a unit's functions do; null where there is none to go by. */
function directionOf(device: DeviceState | null): PortState['direction'] | null {
  const [first, ...others] = new Set(device?.functions.map(({direction}) => direction));
  return others.length > 0 ? 'both' : (first ?? null);
}

function deviceRow(device: DeviceState, roles: readonly RoleState[], user: PortUser): DeviceRow {
  const {identity, functions, id, name, vendor, model, serial, ambiguous, ids, driver} = device;
  const rows = functions.map((item): FunctionRow => {
    const role = roles.find((candidate) => functionsOfRole(candidate, device).includes(item));
    return {...item, role: role?.id ?? null, user, nodes: item.nodes.map(({path}) => path)};
  });
  return {
    id,
    name,
    vendor,
    model,
    serial,
    identity: identity.kind,
    ambiguous,
    ids,
    driver,
    functions: rows,
    nodes: rows.flatMap(({nodes}) => nodes),
  };
}
