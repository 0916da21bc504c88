import type {KernelDevice} from '#domain/kernel-device.ts';
import type {Positions} from '#domain/port/position.ts';
import {compareNatural} from './compare-natural.ts';
import type {KernelTable} from './kernel-table.ts';
import {unitPathOf} from './unit.ts';

/** A physical thing with its kernel devices. */
export interface FoundUnitPlace {
  readonly position: string;
  /** The unit first, then all that belongs to it, parents before children. */
  readonly members: readonly KernelDevice[];
  readonly devpaths: readonly string[];
  /** Product id of the root hub that it hangs on; null: it is on no USB. */
  readonly rootHub: string | null;
  /** Interface indexes of its network interfaces. */
  readonly interfaces: readonly number[];
  /** Position of one of its kernel devices. */
  readonly positionOf: (device: Pick<KernelDevice, 'devpath'>) => string;
}

/** Sorts the kernel's devices into units. No two units of one picture share a position. */
export function findUnits(
  table: KernelTable,
  positions: Positions,
  unitPaths: Map<string, string | null>,
): readonly FoundUnitPlace[] {
  const members = new Map<string, KernelDevice[]>();
  for (const device of table.all()) {
    const path = unitPathOfKept(device, table, unitPaths);
    if (path !== null) {
      const list = members.get(path);
      if (list === undefined) {
        members.set(path, [device]);
      } else {
        list.push(device);
      }
    }
  }
  return joinHalves(members, table, positions);
}

function unitPathOfKept(
  device: KernelDevice,
  table: KernelTable,
  unitPaths: Map<string, string | null>,
): string | null {
  const known = unitPaths.get(device.devpath);
  if (known !== undefined) {
    return known;
  }
  const path = unitPathOf(device, table.lookup);
  unitPaths.set(device.devpath, path);
  return path;
}

/** A hub of two speeds is two kernel devices in one place; anything else there is told apart. */
function joinHalves(
  members: ReadonlyMap<string, readonly KernelDevice[]>,
  table: KernelTable,
  positions: Positions,
): readonly FoundUnitPlace[] {
  const places = new Map<string, string[]>();
  for (const path of members.keys()) {
    if (table.lookup(path) !== undefined) {
      const position = positions.of(path);
      const paths = places.get(position);
      const isHalf = paths !== undefined && isUsbUnit(paths[0] ?? '');
      if (isHalf && isUsbUnit(path)) {
        paths.push(path);
      } else {
        places.set(paths === undefined ? position : freePosition(position, places), [path]);
      }
    }
  }
  return [...places].map(([position, paths]) =>
    placeOf(position, slowestFirst(paths, table), {members, positions, table}),
  );
}

/** The numbers of buses say nothing; of a hub of two speeds the slower half stands for both. */
const slowestFirst = (paths: readonly string[], {lookup}: KernelTable): readonly string[] =>
  paths.toSorted((a, b) => speedOf(lookup(a)) - speedOf(lookup(b)) || compareNatural(a, b));

const speedOf = (device: KernelDevice | undefined): number => Number(device?.attributes.speed ?? 0);

interface Finding {
  readonly members: ReadonlyMap<string, readonly KernelDevice[]>;
  readonly positions: Positions;
  readonly table: KernelTable;
}

function rootHubOf(path: string, {lookup}: KernelTable): string | null {
  const root = /^.*\/usb\d+(?=\/)/.exec(path)?.[0];
  return root === undefined ? null : (lookup(root)?.attributes.idProduct ?? null);
}

function placeOf(
  position: string,
  paths: readonly string[],
  {members, positions, table}: Finding,
): FoundUnitPlace {
  const own = paths.flatMap((path) => members.get(path) ?? []);
  return {
    position,
    members: own,
    devpaths: paths,
    rootHub: rootHubOf(paths[0] ?? '', table),
    interfaces: own.flatMap(({ifindex}) => ifindex ?? []),
    positionOf: ({devpath}) => positions.of(devpath),
  };
}

const isUsbUnit = (path: string): boolean => /\/\d+-[\d.]+$/.test(path);

function freePosition(position: string, places: ReadonlyMap<string, unknown>): string {
  let number = 2;
  while (places.has(`${position}#${number}`)) {
    number += 1;
  }
  return `${position}#${number}`;
}
