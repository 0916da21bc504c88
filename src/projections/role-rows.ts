import type {RoleLinkReadings} from '#domain/role/link.ts';
import type {RoleRow} from '#domain/role/row.ts';
import type {Inventory} from './inventory.ts';
import {portOfRole} from './port-rows.ts';
import {holderOf} from './role-holder.ts';

/** A role as `role list --json` gives it: where it leads now, and by which paths. */
export type RoleListRow = RoleRow;

/** Every role that is bound. */
export const roleRows = (
  inventory: Inventory,
  {list}: Pick<RoleLinkReadings, 'list'>,
): readonly RoleListRow[] =>
  Object.values(inventory.roles).map((role) => ({
    ...role,
    port: portOfRole(inventory, role)?.id ?? null,
    holder: holderOf(inventory, role).kind,
    links: list.filter((link) => link.role === role.id),
  }));
