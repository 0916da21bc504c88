import type {DeviceClass} from '#devices/class.ts';
import type {LinkFact} from '#domain/kernel-device.ts';
import type {Positions} from '#domain/port/position.ts';
import {createPositions} from '#domain/port/position.ts';
import {type FoundUnitPlace, findUnits} from './find-units.ts';
import type {KernelTable} from './kernel-table.ts';
import type {Observation, ObservedDevice, ObservedPort} from './observation.ts';
import {observeUnit} from './observe-unit.ts';
import {observeSockets, type Socket} from './sockets.ts';

/** Links by ifindex. */
export type Links = ReadonlyMap<number, LinkFact>;

/** Turns kernel devices and links into ports and devices: MODEL.md. Never throws. */
export type Observe = (table: KernelTable, links: Links) => Observation;

type Seen = {readonly port: ObservedPort; readonly device: ObservedDevice} | null;

interface Kept {
  readonly place: FoundUnitPlace;
  readonly links: readonly (LinkFact | undefined)[];
  readonly seen: Seen;
}

/**
 * An observer that keeps what it has worked out: the result depends on its arguments only, and
 * what has not changed comes back as the same objects, so that a picture costs what changed.
 */
export function createObserver(classes: readonly DeviceClass[]): Observe {
  let revision = -1;
  let positions: Positions = createPositions(() => undefined);
  let sockets: readonly Socket[] = [];
  let unitPaths = new Map<string, string | null>();
  let kept = new Map<string, Kept>();
  let ports: ReadonlyMap<string, ObservedPort> = new Map();

  return (table, links) => {
    if (table.revision() !== revision) {
      revision = table.revision();
      positions = createPositions(table.lookup);
      sockets = observeSockets(table, positions, classes);
      unitPaths = new Map();
    }
    const next = new Map<string, Kept>();
    for (const place of findUnits(table, positions, unitPaths)) {
      const unitLinks = place.interfaces.map((ifindex) => links.get(ifindex));
      const known = kept.get(place.position);
      const isKept = known !== undefined && isSamePlace(known, place, unitLinks);
      const seen = isKept ? known.seen : observeUnit(place, unitLinks, classes);
      next.set(place.position, {place, links: unitLinks, seen});
    }
    kept = next;
    const observation = compose([...next.values()], sockets, ports);
    ports = observation.ports;
    return observation;
  };
}

function isSamePlace(
  known: Kept,
  place: FoundUnitPlace,
  links: readonly (LinkFact | undefined)[],
): boolean {
  return isSameList(known.place.members, place.members) && isSameList(known.links, links);
}

const isSameList = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);

/** Puts sockets and units together: a unit fills its socket, a member hangs below its bridge. */
function compose(
  units: readonly Kept[],
  sockets: readonly Socket[],
  before: ReadonlyMap<string, ObservedPort>,
): Observation {
  const ports = new Map<string, ObservedPort>();
  const devices = new Map<string, ObservedDevice>();
  for (const {seen} of units) {
    if (seen !== null) {
      ports.set(seen.port.position, seen.port);
      devices.set(seen.device.position, seen.device);
    }
  }
  for (const socket of sockets) {
    const filled = ports.get(socket.port.position);
    if (filled !== undefined) {
      // A hub says which of its ports are wired up inside; the firmware knows the machine's only.
      const kind = filled.kind === 'fixed' ? 'fixed' : socket.port.kind;
      ports.set(filled.position, {...filled, kind, parent: socket.port.parent});
    } else if (socket.isShown) {
      ports.set(socket.port.position, socket.port);
    }
  }
  for (const [position, port] of ports) {
    const master = port.parent;
    const hasParent = master === null || ports.has(master);
    ports.set(position, sameAs(before.get(position), hasParent ? port : {...port, parent: null}));
  }
  return {ports, devices};
}

/** The object of the last picture where nothing differs. */
function sameAs(known: ObservedPort | undefined, port: ObservedPort): ObservedPort {
  const isSame =
    known !== undefined &&
    known.state === port.state &&
    known.link === port.link &&
    known.speedMbps === port.speedMbps &&
    known.name === port.name &&
    known.parent === port.parent &&
    known.kind === port.kind &&
    known.class === port.class &&
    known.direction === port.direction;
  return isSame ? known : port;
}
