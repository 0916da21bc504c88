import type {CarriedPort} from '#domain/device/events.ts';
import type {PortId} from '#domain/ids.ts';
import {portIdFor} from '#domain/port/slug.ts';
import type {PortState} from '#domain/port/state.ts';
import type {Inventory} from '#projections/inventory.ts';
import type {Observation, ObservedPort} from './observation.ts';

/** Ids of ports by position: the stored one, or a new one for a place never seen. */
export interface PortIds {
  known(position: string): PortState | undefined;
  of(position: string): PortId;
  /** An observed port as an event carries it. */
  carry(port: ObservedPort): CarriedPort;
}

/**
 * Ids over one picture; a position gets the same id however often it is asked for. A port that only
 * an unreadable event has told of is not in the list: its place gets the id it must have there.
 */
export function createPortIds({ports}: Inventory, observation: Observation): PortIds {
  const byPosition = new Map(Object.values(ports).map((port) => [port.position, port]));
  const made = new Map<string, PortId>();
  const taken = new Set(Object.keys(ports));
  const of = (position: string): PortId => {
    const stored = byPosition.get(position)?.id ?? made.get(position);
    if (stored !== undefined) {
      return stored;
    }
    const deviceClass = observation.ports.get(position)?.class ?? 'port';
    const id = portIdFor(deviceClass, position, (candidate) => taken.has(candidate));
    taken.add(id);
    made.set(position, id);
    return id;
  };
  return {
    known: (position) => byPosition.get(position),
    of,
    carry: (port) => ({
      ...port,
      id: of(port.position),
      parent: port.parent === null ? null : of(port.parent),
      state: storedState(byPosition.get(port.position), port),
    }),
  };
}

/** Present and absent are seen; every other state was decided, and only a decision ends it. */
export const storedState = (
  known: PortState | undefined,
  port: ObservedPort,
): PortState['state'] =>
  known === undefined || known.state === 'present' || known.state === 'absent'
    ? port.state
    : known.state;
