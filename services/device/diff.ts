import {isSocketClass} from '#devices/classes.ts';
import type {Fact} from '#domain/catalogue.ts';
import type {DeviceState} from '#domain/device/state.ts';
import type {DeviceId} from '#domain/ids.ts';
import type {PortState} from '#domain/port/state.ts';
import type {Inventory} from '#projections/inventory.ts';
import {relativeTo} from './below.ts';
import {carriedWith} from './carried.ts';
import {compareNatural} from './compare-natural.ts';
import {changedDevice} from './device-changes.ts';
import {type Matches, matchDevices} from './match-devices.ts';
import type {Observation, ObservedDevice, ObservedPort} from './observation.ts';
import {changedPort, vanishedPorts} from './port-changes.ts';
import {createPortIds, type PortIds} from './port-ids.ts';
import {relocate} from './relocate.ts';

export interface DiffOptions {
  /** plug: seen coming; start: found by enumeration. */
  readonly origin: 'plug' | 'start';
  /** Id of a new unit at a position: asked again, the same. */
  readonly deviceId: (position: string) => DeviceId;
  /** Positions that are still settling: left as they are. */
  readonly isWithheld: (position: string) => boolean;
  /** Taken out of the list by a person: an empty port does not come back by itself. */
  readonly isDismissed?: ((port: ObservedPort) => boolean) | undefined;
}

/** What is at hand while the facts of one picture are made. */
interface Picture {
  readonly inventory: Inventory;
  readonly observation: Observation;
  readonly ids: PortIds;
  readonly matches: Matches;
  readonly options: DiffOptions;
}

/**
 * The facts that turn what is stored into what is seen, in an order that holds at each step: what
 * moved with others behind it; what went, deepest first; what came, parents first; what changed. No difference: no facts. Nothing is
 * told of an aggregate with an event that cannot be read here: a unit in such a port is told of,
 * the port is not.
 */
export function diff(
  stored: Inventory,
  observation: Observation,
  given: DiffOptions,
): readonly Fact[] {
  const options = {...given, isWithheld: withAllBelow(observation, given.isWithheld)};
  const {inventory, facts: relocated} = relocate(stored, observation, options);
  const picture: Picture = {
    inventory,
    observation,
    options,
    ids: createPortIds(inventory, observation),
    matches: matchDevices(inventory, observation, options.isWithheld),
  };
  const carried = new Set<string>();
  const removed = removedFacts(picture);
  const facts = [
    ...relocated,
    ...removed,
    ...arrivals(picture, carried),
    ...picture.matches.stays.flatMap((pair) => changedDevice(pair, picture.matches.isAmbiguous)),
    ...portFacts(picture, carried),
    ...vanishedPorts(inventory, observation, (port) => isLeftOut(port, removed, options)),
  ];
  return facts.filter((fact) => !isReadOnly(inventory, fact));
}

/** A port that still settles, or that is forgotten with its unit. */
const isLeftOut = (
  {id, position}: PortState,
  removed: readonly Fact[],
  {isWithheld}: DiffOptions,
): boolean =>
  isWithheld(position) ||
  removed.some(
    (fact) =>
      fact.type === 'cim.device.removed.v1' && fact.data.socketsForgotten?.includes(id) === true,
  );

/** What hangs below a hub that is still settling waits with it. */
function withAllBelow(
  {ports}: Observation,
  isWithheld: DiffOptions['isWithheld'],
): DiffOptions['isWithheld'] {
  return (position) => {
    const seen = new Set<string>();
    let at: string | null | undefined = position;
    while (typeof at === 'string' && !seen.has(at)) {
      if (isWithheld(at)) {
        return true;
      }
      seen.add(at);
      at = ports.get(at)?.parent;
    }
    return false;
  };
}

function removedFacts({inventory, observation, matches}: Picture): Fact[] {
  const leaving = new Set<string>(matches.removed.map(({id}) => id));
  const isTop = ({position}: DeviceState): boolean =>
    !matches.removed.some(
      (above) =>
        !isReadOnlyDevice(inventory, above.id) &&
        relativeTo(above.position, position) !== undefined,
    );
  return matches.removed
    .filter((device) => isTop(device) || isReadOnlyDevice(inventory, device.id))
    .toSorted((a, b) => compareNatural(b.position, a.position))
    .map((device): Fact => {
      const {id, portId, position} = device;
      const port = inventory.ports[portId];
      const isFree = port?.kind === 'virtual' && !isWanted(inventory, port, id);
      const behind = matches.removed
        .filter((other) => relativeTo(position, other.position) !== undefined)
        .filter((other) => !isReadOnlyDevice(inventory, other.id))
        .toSorted((a, b) => compareNatural(b.position, a.position));
      const hubs = new Set([portId, ...behind.map((other) => other.portId)]);
      const socketsForgotten = Object.values(inventory.ports)
        .filter((socket) => socket.parent !== null && hubs.has(socket.parent))
        .filter((socket) => isSocketClass(socket.class))
        .filter(({deviceId}) => deviceId === null || leaving.has(deviceId))
        .filter((socket) => !observation.ports.has(socket.position) && !isWanted(inventory, socket))
        .map((socket) => socket.id);
      return {
        type: 'cim.device.removed.v1',
        subject: id,
        data: {
          portId,
          position,
          portForgotten: isFree && !observation.ports.has(position),
          ...(socketsForgotten.length > 0 ? {socketsForgotten} : {}),
          ...(behind.length > 0
            ? {devices: behind.map((other) => ({id: other.id, ...placeOf(other)}))}
            : {}),
        },
      };
    });
}

const placeOf = ({portId, position}: DeviceState) => ({portId, position});

/**
 * Someone gave the port a name or a purpose, or a newer version something that we cannot read: it
 * outlives what was in it.
 */
const isWanted = ({roles, readOnly}: Inventory, port: PortState, deviceId?: string): boolean =>
  port.label !== null ||
  Object.keys(port.wanted).length > 0 ||
  Object.hasOwn(readOnly, `port/${port.id}`) ||
  Object.values(roles).some(({target}) =>
    target.kind === 'port' ? target.portId === port.id : target.deviceId === deviceId,
  );

/** Units that came or moved, parents before what hangs below them. */
function arrivals(picture: Picture, carried: Set<string>): Fact[] {
  const {matches} = picture;
  const moved = matches.moved.map(({known, seen}) => ({
    seen,
    facts: () => movedFacts(picture, known, seen, carried),
  }));
  const added = matches.added.map(({known, seen}) => ({
    seen,
    facts: () => [addedFact(picture, known, seen, carried)],
  }));
  return [...moved, ...added]
    .toSorted((a, b) => compareNatural(a.seen.position, b.seen.position))
    .flatMap(({facts}) => facts());
}

function addedFact(
  picture: Picture,
  known: DeviceState | null,
  seen: ObservedDevice,
  carried: Set<string>,
): Fact {
  const {ids, matches, options} = picture;
  const {position, description} = seen;
  const subject: DeviceId = known?.id ?? options.deviceId(position);
  return {
    type: 'cim.device.added.v1',
    subject,
    data: {
      ...description,
      ambiguous: matches.isAmbiguous(description.identity),
      portId: ids.of(position),
      position,
      ...carriedWith(picture, seen, carried),
      origin: options.origin,
    },
  };
}

/** The move, and what reads otherwise of the unit in its new place. */
function movedFacts(
  picture: Picture,
  known: DeviceState,
  seen: ObservedDevice,
  carried: Set<string>,
): readonly Fact[] {
  const {position, description} = seen;
  const {functions} = description;
  const moved: Fact = {
    type: 'cim.device.moved.v1',
    subject: known.id,
    data: {
      portId: picture.ids.of(position),
      position,
      ...carriedWith(picture, seen, carried),
      functions,
      origin: picture.options.origin,
      before: {...placeOf(known), functions: known.functions},
    },
  };
  const pair = {known: {...known, functions}, seen};
  return [moved, ...changedDevice(pair, picture.matches.isAmbiguous)];
}

/** Ports without a unit of their own in this picture, and what changed on all others. */
function portFacts(picture: Picture, carried: Set<string>): Fact[] {
  const {inventory, ids, observation, matches, options} = picture;
  const leaving = [...matches.removed, ...matches.moved.map(({known}) => known)];
  const left = new Set(
    leaving.map(({portId, position}) => inventory.ports[portId]?.position ?? position),
  );
  return [...observation.ports.values()].flatMap((port): Fact[] => {
    const {position} = port;
    if (carried.has(position) || options.isWithheld(position)) {
      return [];
    }
    const known = ids.known(position);
    if (known !== undefined) {
      const parent = port.parent === null ? null : ids.of(port.parent);
      const isFilled = observation.devices.has(position);
      return left.has(position) ? [] : changedPort(known, {port, parent, isFilled});
    }
    if (options.isDismissed?.(port) === true) {
      return [];
    }
    const {id, ...description} = ids.carry(port);
    return [{type: 'cim.port.added.v1', subject: id, data: description}];
  });
}

const isReadOnlyDevice = ({readOnly}: Inventory, id: string): boolean =>
  Object.hasOwn(readOnly, `device/${id}`);

/**
 * True when what the fact is about has an event that cannot be read here. Of the leaf the agent
 * tells only what it did itself, which a newer version does not know better.
 */
export const isReadOnly = ({readOnly}: Inventory, {type, subject}: Fact): boolean => {
  const [, aggregate] = type.split('.');
  return aggregate !== 'leaf' && Object.hasOwn(readOnly, `${aggregate}/${subject}`);
};
