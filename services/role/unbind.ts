import {ownValue} from '#domain/own.ts';
import {unbindRole} from '#domain/role/commands.ts';

import {changedMeanwhile, defineUseCase, newerEvent} from '../use-case.ts';

/** Lets a role follow nothing. */
export const unbindRoleCase = defineUseCase(unbindRole, (inventory, {target, seen}) => {
  const role = ownValue(inventory.roles, target);
  const newer = newerEvent(inventory, 'role', target);
  if (role === undefined) {
    return newer ?? {refused: 'unknown-role', detail: target};
  }
  const blocked = newer ?? changedMeanwhile(role.fields, ['target'], seen);
  if (blocked !== undefined) {
    return blocked;
  }
  const before = {target: role.target, selector: role.selector};
  return [{type: 'cim.role.unbound.v1', subject: role.id, data: {before}}];
});
