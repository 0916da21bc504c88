import type {LinkRule} from '#contracts/role-links.ts';
import type {DeviceClass} from '#devices/class.ts';
import type {DeviceState} from '#domain/device/state.ts';
import type {DeviceId, RoleId} from '#domain/ids.ts';
import type {RoleState} from '#domain/role/state.ts';
import {lastUnitOf} from '#projections/awaiting.ts';
import type {Inventory} from '#projections/inventory.ts';
import {functionsOfRole} from '#projections/port-rows.ts';
import {holderOf} from '#projections/role-holder.ts';
import type {RoleMemory} from './memory.ts';
import {ruleOf, type UnitPlace, type WantedLink, wantedLinks} from './wanted-links.ts';

/** A network interface that a role leads to, and the name of the role is to be its name, too. */
export interface WantedName {
  readonly role: RoleId;
  readonly name: string;
  readonly interface: string;
}

/** What is to be there for every role to be reached under its own name. */
export interface RolePlan {
  readonly links: readonly WantedLink[];
  readonly names: readonly WantedName[];
  /** Also those of units that are away: they find their link when they come back. */
  readonly rules: readonly LinkRule[];
  /** Roles that several things fit. */
  readonly ambiguous: readonly RoleId[];
}

export interface PlanOptions {
  readonly inventory: Inventory;
  readonly classes: readonly DeviceClass[];
  /** Where a unit is or was last seen. */
  readonly placeOf: (id: DeviceId) => UnitPlace | undefined;
  /** Links that are there, with the node each leads to. */
  readonly there: ReadonlyMap<string, string>;
  readonly memory: Pick<RoleMemory, 'rulesOf' | 'hasLed'>;
}

/** The same for the same state, in whatever order it came about. */
export function planRoles(options: PlanOptions): RolePlan {
  const {inventory} = options;
  const roles = Object.values(inventory.roles).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const parts = roles.map((role) => planRole(role, options));
  return {
    links: parts.flatMap(({links}) => links),
    names: parts.flatMap(({names}) => names),
    rules: parts.flatMap(({rules}) => rules),
    ambiguous: roles.flatMap(({id}, index) => (parts[index]?.isAmbiguous ? [id] : [])),
  };
}

interface Part {
  readonly links: readonly WantedLink[];
  readonly names: readonly WantedName[];
  readonly rules: readonly LinkRule[];
  readonly isAmbiguous: boolean;
}

const NOTHING: Part = {links: [], names: [], rules: [], isAmbiguous: false};

function planRole(role: RoleState, options: PlanOptions): Part {
  const {inventory, placeOf} = options;
  const holder = holderOf(inventory, role);
  if (holder.kind === 'ambiguous') {
    return {...NOTHING, isAmbiguous: true};
  }
  if (holder.kind === 'held' && holder.device !== null) {
    const {device, functions} = holder;
    const place = placeOf(device.id) ?? {devpath: '', rootHub: null, nodes: []};
    const links = wantedLinks(role, functions, place);
    const names = functions.flatMap(({interface: name}) =>
      name === null ? [] : [{role: role.id, name: role.id as string, interface: name}],
    );
    const rules = rulesFor(role, device, links, {...options, isHeld: true});
    return {links, names, rules, isAmbiguous: false};
  }
  const rules = holder.kind === 'absent' ? rulesOfAbsent(role, options) : [];
  return {...NOTHING, rules};
}

/** Of the unit that was there last: when it comes back, its link is there with it. */
function rulesOfAbsent(role: RoleState, options: PlanOptions): readonly LinkRule[] {
  const kept = options.memory.rulesOf(role);
  if (kept !== undefined) {
    return kept;
  }
  const device = lastUnitOf(options.inventory, role.target);
  const place = device === undefined ? undefined : options.placeOf(device.id);
  if (device === undefined || place === undefined || device.state === 'ready') {
    return [];
  }
  const functions = functionsOfRole(role, device);
  const isOneOfEach = new Set(functions.map(({class: name}) => name)).size === functions.length;
  return isOneOfEach
    ? rulesFor(role, device, wantedLinks(role, functions, place), {...options, isHeld: false})
    : [];
}

function rulesFor(
  role: RoleState,
  device: DeviceState,
  links: readonly WantedLink[],
  {classes, placeOf, there, memory, isHeld}: PlanOptions & {readonly isHeld: boolean},
): readonly LinkRule[] {
  const place = placeOf(device.id);
  return place === undefined
    ? []
    : links.flatMap((link) => {
        const isLed = there.get(link.link) === link.node || memory.hasLed(role, link.link);
        const isDue = isHeld && !isLed;
        return ruleOf(link, {classes, role, device, place, isDue}) ?? [];
      });
}
