import {isSocketClass} from '#devices/classes.ts';
import type {CarriedPort} from '#domain/device/events.ts';
import type {Inventory} from '#projections/inventory.ts';
import type {Observation, ObservedDevice, ObservedPort} from './observation.ts';
import type {PortIds} from './port-ids.ts';

/** What is at hand while an event takes ports along. */
export interface Carrying {
  readonly inventory: Inventory;
  readonly observation: Observation;
  readonly ids: PortIds;
}

/** The port of a unit where it is new or reads otherwise, and the empty new sockets of a hub. */
export function carriedWith(
  {ids, observation, inventory}: Carrying,
  {position}: ObservedDevice,
  carried: Set<string>,
): {port?: CarriedPort; sockets?: CarriedPort[]} {
  carried.add(position);
  const port = observation.ports.get(position);
  const sockets = [...observation.ports.values()]
    .filter((socket) => socket.parent === position && isSocketClass(socket.class))
    .filter((socket) => !observation.devices.has(socket.position))
    .filter((socket) => ids.known(socket.position) === undefined)
    .filter(({position: place}) => !isReadOnlyPort(inventory, ids.of(place)));
  for (const socket of sockets) {
    carried.add(socket.position);
  }
  return {
    ...(port !== undefined && isTold(ids, port) && !isReadOnlyPort(inventory, ids.of(position))
      ? {port: ids.carry(port)}
      : {}),
    ...(sockets.length > 0 ? {sockets: sockets.map((socket) => ids.carry(socket))} : {}),
  };
}

/** Plugging alone makes a port present, without link; anything else has to be said. */
function isTold(ids: PortIds, port: ObservedPort): boolean {
  const known = ids.known(port.position);
  const parent = port.parent === null ? null : ids.of(port.parent);
  const isPlain = port.state === 'present' && port.link === null && port.speedMbps === null;
  return (
    known === undefined ||
    !isPlain ||
    known.name !== port.name ||
    known.parent !== parent ||
    known.kind !== port.kind ||
    known.class !== port.class
  );
}

/** The port has an event that cannot be read here: nothing is told of it. */
export const isReadOnlyPort = ({readOnly}: Inventory, id: string): boolean =>
  Object.hasOwn(readOnly, `port/${id}`);
