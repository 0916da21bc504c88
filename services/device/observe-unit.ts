import type {DeviceClass} from '#devices/class.ts';
import {classify, type FoundFunction} from '#devices/classify.ts';
import {describeFunction} from '#devices/describe.ts';
import {directionOf} from '#devices/direction.ts';
import {isFit} from '#devices/match.ts';
import type {DeviceFunction, DeviceNode} from '#domain/device/events.ts';
import type {KernelDevice, LinkFact} from '#domain/kernel-device.ts';
import {compareNatural} from './compare-natural.ts';
import {describeUnit} from './describe-unit.ts';
import type {FoundUnitPlace} from './find-units.ts';
import {nodePlacesOf} from './node-places.ts';
import type {ObservedDevice, ObservedPort} from './observation.ts';
import {portOf} from './observe-port.ts';
import {isFunctionVisible, isUnitVisible} from './visibility.ts';

/** A unit as port and device, or null for what is never stored: MODEL.md, Visible. */
export function observeUnit(
  place: FoundUnitPlace,
  links: readonly (LinkFact | undefined)[],
  classes: readonly DeviceClass[],
): {readonly port: ObservedPort; readonly device: ObservedDevice} | null {
  const members = place.members.toSorted((a, b) => compareNatural(a.devpath, b.devpath));
  const unit = members.find(({devpath}) => devpath === place.devpaths[0]);
  if (unit === undefined) {
    return null;
  }
  const ordered = [unit, ...members.filter((member) => member !== unit)];
  const found = classify(ordered, classes).filter(isFunctionVisible);
  const linkOf = (device: KernelDevice): LinkFact | undefined =>
    links.find((link) => link !== undefined && link.ifindex === device.ifindex);
  if (!isUnitVisible(unit, found, linkOf)) {
    return null;
  }
  const {position, devpaths, rootHub} = place;
  const functions = describeFunctions(found, place, unit);
  const words = describeUnit({
    unit,
    members: ordered,
    functions: found,
    position,
    link: linkOf(unit),
  });
  const nodes = nodePlacesOf(ordered);
  const device = {position, devpaths, rootHub, nodes, description: {...words, functions}};
  return {port: portOf({unit, members: ordered, functions: found, position, linkOf}), device};
}

/** Functions in the order of their suffixes, each suffix once. */
function describeFunctions(
  found: readonly FoundFunction[],
  place: FoundUnitPlace,
  unit: KernelDevice,
): DeviceFunction[] {
  const [unitPath = ''] = place.devpaths;
  const base = place.positionOf({devpath: unitPath});
  const taken = new Set<string>();
  return found
    .map((each) =>
      describeOne(each, suffixOf(place.positionOf(each.anchor), base, each, taken), unit),
    )
    .toSorted((a, b) => compareNatural(a.id, b.id));
}

function suffixOf(
  position: string,
  base: string,
  {class: {name}}: FoundFunction,
  taken: Set<string>,
): string {
  const suffix = position.startsWith(base) ? position.slice(base.length) : '';
  let unique = suffix;
  for (let number = 1; taken.has(unique); number += 1) {
    unique = number === 1 ? `${suffix}/${name}` : `${suffix}/${name}${number}`;
  }
  taken.add(unique);
  return unique;
}

function describeOne(found: FoundFunction, id: string, unit: KernelDevice): DeviceFunction {
  const {anchor} = found;
  return {
    id,
    class: found.class.name,
    direction: directionOf(found),
    state: isEmpty(found) ? 'absent' : 'present',
    name: describeFunction(found),
    nodes: nodesOf(found, unit),
    interface: anchor.subsystem === 'net' ? (anchor.devpath.split('/').at(-1) ?? null) : null,
  };
}

/** A slot of a card reader without a card has size 0. */
const isEmpty = ({class: {absent}, anchor}: FoundFunction): boolean =>
  absent !== undefined && isFit(absent, anchor);

function nodesOf({class: {nodes}, members}: FoundFunction, unit: KernelDevice): DeviceNode[] {
  const named = [...members, ...(members.includes(unit) ? [] : [unit])].flatMap((member) => {
    const rule = nodes.find(
      ({match, ofUnit}) =>
        (ofUnit === true ? member === unit : members.includes(member)) && isFit(match, member),
    );
    return member.node === null || rule === undefined ? [] : [{path: member.node, as: rule.as}];
  });
  return named.toSorted((a, b) => compareNatural(a.path, b.path));
}
