import type {LinkRule} from '#contracts/role-links.ts';
import type {RoleId} from '#domain/ids.ts';
import type {RoleState} from '#domain/role/state.ts';
import type {RolePlan} from './plan.ts';

/** Rules of roles that follow a port, kept while the port is empty. */
export interface KeptRules {
  /** What the role's port was good for when something was last in it. */
  of(role: RoleState): readonly LinkRule[] | undefined;
  /** Keeps the rules of ports that hold something for their role now. */
  note(roles: readonly RoleState[], plan: Pick<RolePlan, 'links' | 'rules'>): void;
}

/**
 * Nothing is kept yet. The rules name the place and no unit: the next of its kind finds its link
 * there, though the one before is plugged in elsewhere by now.
 */
export function createKeptRules(): KeptRules {
  let kept: ReadonlyMap<RoleId, Kept> = new Map();
  const keptOf = (role: RoleState): Kept | undefined => {
    const found = kept.get(role.id);
    return found?.binding === bindingOf(role) ? found : undefined;
  };
  return {
    of: (role) => keptOf(role)?.rules,
    note(roles, {links, rules}) {
      const byPort = roles.filter(({target}) => target.kind === 'port');
      kept = new Map(
        byPort.flatMap((role) => {
          const isHeld = links.some((link) => link.role === role.id);
          const own = {
            binding: bindingOf(role),
            rules: rules.filter((one) => one.role === role.id),
          };
          const next = isHeld ? own : keptOf(role);
          return next === undefined ? [] : [[role.id, next]];
        }),
      );
    },
  };
}

interface Kept {
  readonly binding: string;
  readonly rules: readonly LinkRule[];
}

const bindingOf = ({target, selector}: RoleState): string => JSON.stringify([target, selector]);
