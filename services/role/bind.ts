import type {Refusal} from '#domain/command.ts';
import type {DeviceState} from '#domain/device/state.ts';
import {RoleId} from '#domain/ids.ts';
import {ownValue} from '#domain/own.ts';
import {bindRole} from '#domain/role/commands.ts';
import type {FunctionSelector, RoleTarget} from '#domain/role/events.ts';
import type {RoleState} from '#domain/role/state.ts';
import type {Inventory} from '#projections/inventory.ts';
import {functionsFor} from '#projections/port-rows.ts';

import {findPort} from '../port/find.ts';
import {changedMeanwhile, defineUseCase, newerEvent} from '../use-case.ts';

/** Lets a role follow a port or a unit. A role has one holder; `move` takes it from there. */
export const bindRoleCase = defineUseCase(bindRole, (inventory, {target, data, seen}) => {
  const name = RoleId.safeParse(target);
  if (!name.success) {
    return {refused: 'bad-request', detail: `"${target}" is no name for a role`};
  }
  const id = name.data;
  const place = findPlace(inventory, data);
  if ('refused' in place) {
    return place;
  }
  const selector: FunctionSelector = {class: data.class ?? null, suffix: data.suffix ?? null};
  const unfit = checkSelector(place.device, selector);
  const held = ownValue(inventory.roles, id);
  const blocked =
    unfit ??
    newerEvent(inventory, 'role', id) ??
    (held === undefined ? undefined : changedMeanwhile(held.fields, ['target'], seen)) ??
    checkHolder(held, place.target, selector, data.move === true);
  if (blocked !== undefined) {
    return blocked;
  }
  const before = held === undefined ? null : {target: held.target, selector: held.selector};
  return [{type: 'cim.role.bound.v1', subject: id, data: {target: place.target, selector, before}}];
});

interface Place {
  readonly target: RoleTarget;
  readonly device: DeviceState | undefined;
}

function findPlace(
  inventory: Inventory,
  data: {readonly port?: string | undefined; readonly device?: string | undefined},
): Place | Refusal {
  if (data.device !== undefined) {
    const device = ownValue(inventory.devices, data.device);
    return device === undefined
      ? {refused: 'unknown-device', detail: data.device}
      : {target: {kind: 'device', deviceId: device.id}, device};
  }
  const port = findPort(inventory, data.port ?? '');
  if ('refused' in port) {
    return port;
  }
  const device = port.deviceId === null ? undefined : inventory.devices[port.deviceId];
  return {target: {kind: 'port', portId: port.id}, device};
}

/** An empty port takes any selector: what fits will come. */
function checkSelector(
  device: DeviceState | undefined,
  selector: FunctionSelector,
): Refusal | undefined {
  if (device === undefined || (selector.class === null && selector.suffix === null)) {
    return undefined;
  }
  return functionsFor(selector, device).length > 0
    ? undefined
    : {refused: 'no-function', detail: device.name};
}

/** Also used by undo: a role that is bound elsewhere is not taken away unasked. */
export function checkHolder(
  held: RoleState | undefined,
  target: RoleTarget,
  selector: FunctionSelector,
  mayMove: boolean,
): Refusal | undefined {
  if (held === undefined) {
    return undefined;
  }
  const isSame = sameTarget(held.target, target);
  const isSameSelector =
    held.selector.class === selector.class && held.selector.suffix === selector.suffix;
  if (isSame && isSameSelector) {
    return {refused: 'nothing-to-change', detail: `${held.id} is bound so`};
  }
  return isSame || mayMove ? undefined : {refused: 'role-held', detail: describe(held.target)};
}

const describe = (target: RoleTarget): string =>
  target.kind === 'port' ? target.portId : target.deviceId;

const sameTarget = (a: RoleTarget, b: RoleTarget): boolean =>
  a.kind === b.kind && describe(a) === describe(b);
