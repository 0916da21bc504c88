import type {RoleState} from '#domain/role/state.ts';
import type {Inventory} from './inventory.ts';
import {portOfRole} from './port-rows.ts';

/** A role as `role list --json` gives it: with the port it leads to now, or null. */
export type RoleListRow = RoleState & {readonly port: string | null};

/** Every role that is bound. */
export const roleRows = (inventory: Inventory): readonly RoleListRow[] =>
  Object.values(inventory.roles).map((role) => ({
    ...role,
    port: portOfRole(inventory, role)?.id ?? null,
  }));
