import type {LinkRule, RuleUnit} from '#contracts/role-links.ts';
import type {DeviceClass} from '#devices/class.ts';
import type {DeviceFunction, DeviceNode} from '#domain/device/events.ts';
import type {DeviceState} from '#domain/device/state.ts';
import type {RoleId} from '#domain/ids.ts';
import type {RoleState} from '#domain/role/state.ts';
import {compareNatural} from '../device/compare-natural.ts';
import type {NodePlace} from '../device/node-places.ts';
import {patternBelow, patternOf} from './device-pattern.ts';

/** Where a unit was last seen in sysfs. */
export interface UnitPlace {
  readonly devpath: string;
  readonly rootHub: string | null;
  readonly nodes: readonly NodePlace[];
}

/** A node that a role leads to, under the name it is to have. */
export interface WantedLink {
  readonly role: RoleId;
  /** Path in /dev/cim. */
  readonly link: string;
  /** Path in /dev. */
  readonly node: string;
  readonly function: DeviceFunction;
}

/** Where links of roles are. */
export const LINK_FOLDER = '/dev/cim';

/** A single node is /dev/cim/ROLE; several are /dev/cim/ROLE/AS, told apart by their interface. */
export function wantedLinks(
  {id: role}: Pick<RoleState, 'id'>,
  functions: readonly DeviceFunction[],
  {nodes: places}: UnitPlace,
): readonly WantedLink[] {
  const found = functions.flatMap((one) =>
    one.interface === null ? one.nodes.map((node) => ({function: one, node})) : [],
  );
  const [first, ...others] = found;
  if (first === undefined) {
    return [];
  }
  const base = `${LINK_FOLDER}/${role}`;
  if (others.length === 0) {
    return [{role, link: base, node: first.node.path, function: first.function}];
  }
  const names = innerNames(
    found.map(({node}) => node),
    places,
  );
  return found.map(({function: one, node}, index) => ({
    role,
    link: `${base}/${names[index]}`,
    node: node.path,
    function: one,
  }));
}

/** `as` where it is the only one; else with the interface (`tty-if02`), as udev's by-id has it. */
function innerNames(nodes: readonly DeviceNode[], places: readonly NodePlace[]): readonly string[] {
  const taken = new Set<string>();
  const inOrder = nodes.toSorted((a, b) => compareNatural(a.path, b.path));
  const names = new Map<DeviceNode, string>();
  for (const node of inOrder) {
    const isAlone = nodes.filter(({as}) => as === node.as).length === 1;
    const name = isAlone ? node.as : `${node.as}${interfaceOf(node, places)}`;
    let unique = name;
    for (let number = 2; taken.has(unique); number += 1) {
      unique = `${name}-${number}`;
    }
    taken.add(unique);
    names.set(node, unique);
  }
  return nodes.map((node) => names.get(node) ?? node.as);
}

function interfaceOf({path}: DeviceNode, places: readonly NodePlace[]): string {
  const devpath = places.find((place) => place.path === path)?.devpath ?? '';
  const number = /\/\d+-[\d.]+:\d+\.(\d+)\//.exec(devpath)?.[1];
  return number === undefined ? '' : `-if${number.padStart(2, '0')}`;
}

export interface RuleOptions {
  readonly classes: readonly DeviceClass[];
  /** A role that follows a unit: the rule may name the unit. */
  readonly role: Pick<RoleState, 'target' | 'selector'>;
  readonly device: Pick<DeviceState, 'identity' | 'ambiguous'>;
  readonly place: UnitPlace;
  /** It is there, and has no link yet: nobody else may take that, whatever he says of himself. */
  readonly isDue: boolean;
}

/** The rule that makes a link, or undefined while the node's place is not known. */
export function ruleOf(
  {role: id, link, node, function: one}: WantedLink,
  {classes, role, device, place, isDue}: RuleOptions,
): LinkRule | undefined {
  const found = place.nodes.find(({path}) => path === node);
  if (found === undefined) {
    return undefined;
  }
  const identity = role.target.kind === 'device' ? identityUnit(device) : undefined;
  // Of two that bear the same serial, the place decides.
  const isHereOnly = identity === undefined || device.ambiguous || isDue;
  const nodePattern = isHereOnly
    ? patternOf(found.devpath)
    : patternBelow(found.devpath, place.devpath);
  // A keyboard that is bound as a scanner is treated as one.
  const treatedAs = role.selector.class ?? one.class;
  const deviceClass = classes.find(({name}) => name === treatedAs);
  return {
    role: id,
    link,
    unit: identity ?? {kind: 'place'},
    unitPattern: isHereOnly ? patternOf(place.devpath) : null,
    rootHub: isHereOnly ? place.rootHub : null,
    nodePattern,
    namePattern: nodePattern.slice(nodePattern.lastIndexOf('/') + 1),
    subsystem: found.subsystem,
    devtype: found.devtype,
    marks: marksThatTell(found, place.nodes),
    idPath: isHereOnly ? found.idPath : null,
    claims: deviceClass?.hostClaims.udevEnv ?? {},
    isMuted: deviceClass?.grab === true && found.subsystem === 'input',
  };
}

/** Only a serial and a world-wide id are something that rules can read. */
function identityUnit({identity}: Pick<DeviceState, 'identity'>): RuleUnit | undefined {
  const serial = /^([0-9a-f]{4}):([0-9a-f]{4}):(.+)$/s.exec(identity.value);
  const [, vendor, product, text] = serial ?? [];
  if (identity.kind === 'serial' && vendor && product && text) {
    return {kind: 'usb-serial', vendor, product, serial: text};
  }
  return identity.kind === 'wwid' ? {kind: 'wwid', value: identity.value} : undefined;
}

/** The attributes without which another node of the unit would fit, too. */
function marksThatTell(
  node: NodePlace,
  nodes: readonly NodePlace[],
): Readonly<Record<string, string>> {
  const alike = nodes.filter(
    (other) =>
      other !== node &&
      other.subsystem === node.subsystem &&
      patternOf(other.devpath) === patternOf(node.devpath),
  );
  return alike.length === 0 ? {} : node.marks;
}
