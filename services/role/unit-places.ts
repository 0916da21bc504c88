import type {DeviceState} from '#domain/device/state.ts';
import type {DeviceId} from '#domain/ids.ts';
import type {Inventory} from '#projections/inventory.ts';
import type {NodePlace} from '../device/node-places.ts';
import type {Observation} from '../device/observation.ts';
import type {UnitPlace} from './wanted-links.ts';

/** Where units are in sysfs, and where those that are away were. */
export interface UnitPlaces {
  note(inventory: Inventory, observation: Observation): void;
  of(id: DeviceId): UnitPlace | undefined;
  /** Devpath of a node that is there, or was. */
  devpathOf(node: string): string | undefined;
  /** True for a node of a unit that is there and stored: what it is good for is decided. */
  isStored(node: string): boolean;
}

/** Nothing is known before the first note. */
export function createUnitPlaces(): UnitPlaces {
  const places = new Map<DeviceId, UnitPlace>();
  let nodes = new Map<string, string>();
  let stored = new Set<string>();
  return {
    note(inventory, {devices}) {
      nodes = new Map();
      const ready = Object.values(inventory.devices).filter(({state}) => state === 'ready');
      stored = new Set(
        ready.flatMap(({functions}) =>
          functions.flatMap((each) => each.nodes.map(({path}) => path as string)),
        ),
      );
      const byPosition = new Map(ready.map((device) => [device.position, device]));
      for (const {position, devpaths, rootHub, nodes: found} of devices.values()) {
        const device = byPosition.get(position);
        const [devpath] = devpaths;
        // A unit that is going loses its nodes first: where they were is what is to be kept.
        if (device !== undefined && devpath !== undefined && isWhole(device, found)) {
          places.set(device.id, {devpath, rootHub, nodes: found});
        }
        for (const {path, devpath: at} of found) {
          nodes.set(path, at);
        }
      }
      for (const id of [...places.keys()].filter(
        (known) => inventory.devices[known] === undefined,
      )) {
        places.delete(id);
      }
    },
    of: (id) => places.get(id),
    devpathOf: (node) => nodes.get(node),
    isStored: (node) => stored.has(node),
  };
}

const isWhole = ({functions}: DeviceState, found: readonly NodePlace[]): boolean =>
  functions.every(({nodes}) =>
    nodes.every(({path}) => !path.startsWith('/') || found.some((place) => place.path === path)),
  );
