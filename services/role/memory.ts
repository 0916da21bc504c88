import type {LinkRule} from '#contracts/role-links.ts';
import type {RoleId} from '#domain/ids.ts';
import type {RoleState} from '#domain/role/state.ts';
import type {WantedLink} from './wanted-links.ts';

/** What was seen of roles as they are bound now: a role that is bound anew begins anew. */
export interface RoleMemory {
  /** Rules of a role that follows a port, as they were when something was last in it. */
  rulesOf(role: RoleState): readonly LinkRule[] | undefined;
  /** True once the link has led where it should: from then on its unit is known by itself. */
  hasLed(role: RoleState, link: string): boolean;
  note(roles: readonly RoleState[], seen: Seen): void;
}

interface Seen {
  readonly links: readonly WantedLink[];
  readonly rules: readonly LinkRule[];
  /** Links that are there, with the node each leads to. */
  readonly there: ReadonlyMap<string, string>;
}

interface Remembered {
  readonly binding: string;
  readonly rules: readonly LinkRule[] | undefined;
  readonly led: ReadonlySet<string>;
}

/**
 * Nothing has been seen. The rules of a port name the place and no unit: the next of its kind finds
 * its link there, though the one before is plugged in elsewhere by now.
 */
export function createRoleMemory(): RoleMemory {
  let remembered: ReadonlyMap<RoleId, Remembered> = new Map();
  const recall = (role: RoleState): Remembered | undefined => {
    const found = remembered.get(role.id);
    return found?.binding === bindingOf(role) ? found : undefined;
  };
  return {
    rulesOf: (role) => recall(role)?.rules,
    hasLed: (role, link) => recall(role)?.led.has(link) === true,
    note(roles, seen) {
      remembered = new Map(roles.map((role) => [role.id, next(role, recall(role), seen)]));
    },
  };
}

function next(
  role: RoleState,
  before: Remembered | undefined,
  {links, rules, there}: Seen,
): Remembered {
  const own = links.filter((link) => link.role === role.id);
  const right = own.filter(({link, node}) => there.get(link) === node);
  const isHeld = role.target.kind === 'port' && own.length > 0;
  return {
    binding: bindingOf(role),
    rules: isHeld ? rules.filter((rule) => rule.role === role.id) : before?.rules,
    led: new Set([...(before?.led ?? []), ...right.map(({link}) => link)]),
  };
}

const bindingOf = ({target, selector}: RoleState): string => JSON.stringify([target, selector]);
