import type {RoleId} from '../ids.ts';
import type {Step} from '../step.ts';
import {COPYING, type Table, type TableWriter} from '../table.ts';
import type {RoleStateRow} from './row.ts';

/** A role and what it follows. An unbound role is gone from the list; its history stays. */
export type RoleState = RoleStateRow;

export type Roles = Table<RoleState>;

export const initialRoles: Roles = {};

/** The roles after one more event. Never throws on a known event. */
export function evolveRoles(roles: Roles, step: Step, writer: TableWriter = COPYING): Roles {
  const {fact, sequence, time} = step;
  switch (fact.type) {
    case 'cim.role.bound.v1': {
      const {target, selector} = fact.data;
      const role: RoleState = {
        id: fact.subject as RoleId,
        target,
        selector,
        since: time,
        sequence,
        fields: {target: sequence, selector: sequence},
      };
      return writer.put(roles, fact.subject, role);
    }
    case 'cim.role.unbound.v1':
      return writer.drop(roles, [fact.subject]);
    default:
      return roles;
  }
}
