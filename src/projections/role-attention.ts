import type {Attention} from '#domain/leaf/row.ts';
import type {RoleLinkReadings} from '#domain/role/link.ts';
import type {RoleState} from '#domain/role/state.ts';
import {portLikeWanted} from './awaiting.ts';
import type {Inventory} from './inventory.ts';
import {portOfRole, portTitle} from './port-rows.ts';
import {holderOf, type RoleHolder} from './role-holder.ts';

/** Roles that nothing serves, or more than one thing could. */
export function rolesWithoutDevice(inventory: Inventory): readonly Attention[] {
  return Object.values(inventory.roles).flatMap((role): readonly Attention[] => {
    const holder = holderOf(inventory, role);
    const words = wordsOf(holder, role, inventory);
    return words === undefined
      ? []
      : [
          {
            level: 'fault',
            code: holder.kind === 'ambiguous' ? 'role-ambiguous' : 'role-without-device',
            message: `role ${role.id} ${words}`,
            target:
              holder.port === null
                ? {kind: 'role', id: role.id}
                : {kind: 'port', id: holder.port.id},
            ...mendOf(holder, role, inventory),
            since: holder.port?.since ?? role.since,
          },
        ];
  });
}

/** Where a unit is that would do. */
function mendOf(
  {kind}: RoleHolder,
  role: RoleState,
  inventory: Inventory,
): Pick<Attention, 'mend'> {
  const like = kind === 'absent' || kind === 'unfit' ? portLikeWanted(inventory, role) : undefined;
  return like === undefined ? {} : {mend: {kind: 'port', id: like.id}};
}

/** undefined: the role is served. */
function wordsOf(holder: RoleHolder, role: RoleState, inventory: Inventory): string | undefined {
  switch (holder.kind) {
    case 'held':
      return isCutOff(holder) ? `has no link in ${portTitle(holder.port)}` : undefined;
    case 'ambiguous':
      return `fits several functions of ${holder.device.name} in ${portTitle(holder.port)}`;
    case 'unfit':
      return `finds no ${role.selector.class ?? 'function'} in ${portTitle(holder.port)}${hintOf(inventory, role)}`;
    case 'absent': {
      const where = holder.port === null ? '' : ` in ${portTitle(holder.port)}`;
      return `has no device${where}${hintOf(inventory, role)}`;
    }
  }
}

/** A cable that is not there takes nothing from a modem's other functions. */
const isCutOff = ({port, functions}: Extract<RoleHolder, {kind: 'held'}>): boolean =>
  port.link === 'down' &&
  functions.length > 0 &&
  functions.every(({interface: name}) => name !== null);

function hintOf(inventory: Inventory, role: RoleState): string {
  const like = portLikeWanted(inventory, role);
  return like === undefined ? '' : `; a like one is in ${portTitle(like)}`;
}

/** Paths that do not lead where the role does. */
export function linksAstray(
  inventory: Inventory,
  {list}: Pick<RoleLinkReadings, 'list'>,
): readonly Attention[] {
  return list.flatMap(({role: id, path, state, detail}): readonly Attention[] => {
    const role = inventory.roles[id];
    const port = role === undefined ? null : portOfRole(inventory, role);
    if (role === undefined || state === 'right' || state === 'ambiguous') {
      return [];
    }
    return [
      {
        level: 'fault',
        code: 'role-link-astray',
        message:
          state === 'wrong'
            ? `${path} is not as role ${id} wants it: ${detail ?? 'it leads elsewhere'}`
            : `role ${id} cannot be reached by ${path}: ${detail ?? 'it is not there'}`,
        target: port === null ? {kind: 'role', id} : {kind: 'port', id: port.id},
        since: null,
      },
    ];
  });
}
