import type {DeviceDescription} from '#domain/device/events.ts';
import type {PortDescription} from '#domain/port/events.ts';
import type {NodePlace} from './node-places.ts';

/** A port as it is now. Its parent is named by position: ids are given by diff. */
export interface ObservedPort extends Omit<PortDescription, 'parent'> {
  readonly parent: string | null;
}

/** The unit in a port as it is now. Whether it is ambiguous only the whole picture can tell. */
export interface ObservedDevice {
  readonly position: string;
  /** Devpath of the unit; of both halves for a hub of two speeds. */
  readonly devpaths: readonly string[];
  /** Product id of the root hub that it hangs on; null: it is on no USB. */
  readonly rootHub: string | null;
  readonly nodes: readonly NodePlace[];
  readonly description: Omit<DeviceDescription, 'ambiguous'>;
}

/** What can be stored of the kernel's devices now, by position. */
export interface Observation {
  readonly ports: ReadonlyMap<string, ObservedPort>;
  readonly devices: ReadonlyMap<string, ObservedDevice>;
}

/** True when two pictures hold the very same objects: nothing can differ. */
export const isSameObservation = (a: Observation, b: Observation): boolean =>
  isSameMap(a.ports, b.ports) && isSameMap(a.devices, b.devices);

const isSameMap = <T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>): boolean =>
  a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
