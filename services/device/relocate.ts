import type {Fact} from '#domain/catalogue.ts';
import type {Follower, FollowingPort, Identity} from '#domain/device/events.ts';
import {evolveDevices} from '#domain/device/state.ts';
import {evolvePorts, type PortState, type Ports} from '#domain/port/state.ts';
import type {Inventory} from '#projections/inventory.ts';
import {translate} from './below.ts';
import {type Carrying, carriedWith, isReadOnlyPort} from './carried.ts';
import {compareNatural} from './compare-natural.ts';
import type {Observation, ObservedDevice} from './observation.ts';
import {createPortIds} from './port-ids.ts';
import {findRelocations, type Relocation} from './relocations.ts';

export interface RelocateOptions {
  readonly origin: 'plug' | 'start';
  readonly isWithheld: (position: string) => boolean;
}

/**
 * The moves of units with others behind them, one fact each, and the inventory after them: what
 * then still differs is told as ever. Sockets of its own go with the unit: decision 0048.
 */
export function relocate(
  inventory: Inventory,
  observation: Observation,
  {origin, isWithheld}: RelocateOptions,
): {readonly inventory: Inventory; readonly facts: readonly Fact[]} {
  const relocations = findRelocations(inventory, observation).filter(
    ({seen, isProved}) => isProved && !isWithheld(seen.position),
  );
  if (relocations.length === 0) {
    return {inventory, facts: []};
  }
  const shifted = shiftPorts(inventory, relocations);
  const ids = createPortIds({...inventory, ports: shifted}, observation);
  const carrying: Carrying = {inventory, observation, ids};
  const facts = relocations.map((relocation): Fact => {
    const {known, seen, followers} = relocation;
    const {functions, portId, position} = known;
    const ports = followingPorts(inventory.ports, shifted, relocation, carrying);
    return {
      type: 'cim.device.moved.v1',
      subject: known.id,
      data: {
        portId: ids.of(seen.position),
        position: seen.position,
        ...carriedWith(carrying, seen, new Set()),
        functions: seen.description.functions,
        ...identityOf(seen),
        ...(followers.length === 0 ? {} : {followers: followersOf(relocation, carrying)}),
        ...(ports.length === 0 ? {} : {ports}),
        origin,
        before: {portId, position, functions},
      },
    };
  });
  return {facts, inventory: facts.reduce(after, inventory)};
}

/** Ports and units as they are after a fact that is not stored yet. */
function after(inventory: Inventory, fact: Fact): Inventory {
  const {sequence, lastSeen} = inventory;
  const step = {sequence: sequence + 1, time: lastSeen ?? '', fact};
  return {
    ...inventory,
    sequence: sequence + 1,
    ports: evolvePorts(inventory.ports, step),
    devices: evolveDevices(inventory.devices, step),
  };
}

/** The sockets of all that moved at their new places; one whose place another port has stays. */
function shiftPorts(inventory: Inventory, relocations: readonly Relocation[]): Ports {
  const ports = Object.values(inventory.ports);
  const targets = new Map<string, string>();
  for (const {known, seen} of relocations) {
    for (const port of ports.filter(({id}) => !isReadOnlyPort(inventory, id))) {
      const position = translate(port.position, known.position, seen.position);
      if (position !== undefined) {
        targets.set(port.id, position);
      }
    }
  }
  const kept = new Set(ports.flatMap(({id, position}) => (targets.has(id) ? [] : [position])));
  const shifted = ports.map((port): PortState => {
    const position = targets.get(port.id);
    return position === undefined || kept.has(position) ? port : {...port, position};
  });
  return Object.fromEntries(shifted.map((port) => [port.id, port]));
}

function followingPorts(
  before: Ports,
  shifted: Ports,
  {known, seen}: Relocation,
  {observation, ids}: Carrying,
): FollowingPort[] {
  return Object.values(shifted)
    .filter(({id, position}) => before[id]?.position !== position)
    .filter(
      ({id, position}) =>
        translate(before[id]?.position ?? '', known.position, seen.position) === position,
    )
    .toSorted((a, b) => compareNatural(a.position, b.position))
    .map(({id, position, name, parent}) => {
      const there = observation.ports.get(position);
      const above = there?.parent ?? null;
      const isOnUnit = parent === known.portId;
      return {
        id,
        position,
        name: there?.name ?? name,
        parent: above === null ? (isOnUnit ? ids.of(seen.position) : parent) : ids.of(above),
        before: {position: before[id]?.position ?? position, name, parent},
      };
    });
}

const followersOf = ({followers}: Relocation, carrying: Carrying): Follower[] =>
  followers
    .toSorted((a, b) => compareNatural(a.seen.position, b.seen.position))
    .map(({known, seen}) => ({
      id: known.id,
      portId: carrying.ids.of(seen.position),
      position: seen.position,
      functions: seen.description.functions,
      ...identityOf(seen),
      ...carriedWith(carrying, seen, new Set()),
      before: {portId: known.portId, position: known.position},
    }));

const identityOf = ({description: {identity}}: ObservedDevice): {readonly identity?: Identity} =>
  identity.kind === 'position' ? {identity} : {};
