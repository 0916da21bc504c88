import type {Identity} from '#domain/device/events.ts';
import {isSerialAccepted} from '#domain/device/identity.ts';
import type {DeviceState} from '#domain/device/state.ts';
import type {Inventory} from '#projections/inventory.ts';
import type {Observation, ObservedDevice} from './observation.ts';

/** What became of the units: each observed one and each present one is in exactly one list. */
export interface Matches {
  readonly stays: readonly Pair[];
  /** Seen elsewhere than it was last, be it that it was pulled out before. */
  readonly moved: readonly Pair[];
  /** `known`: the unit was in this place before and comes back under its id. */
  readonly added: readonly {readonly known: DeviceState | null; readonly seen: ObservedDevice}[];
  readonly removed: readonly DeviceState[];
  readonly isAmbiguous: (identity: Identity) => boolean;
}

export interface Pair {
  readonly known: DeviceState;
  readonly seen: ObservedDevice;
}

/**
 * Finds each observed unit among the known ones: by identity; by identity and place where two
 * bear the same; never by place alone, but where the unit had said who it is and now cannot.
 * Units whose place is withheld are left as they are.
 */
export function matchDevices(
  {devices}: Inventory,
  observation: Observation,
  isWithheld: (position: string) => boolean,
): Matches {
  const known = Object.values(devices);
  const seen = [...observation.devices.values()];
  const isAmbiguous = ambiguityOf(known, seen);
  const proofs = {byKey: Map.groupBy(known, ({identity}) => keyOf(identity)), isAmbiguous};
  const readyAt = new Map(
    known.filter(({state}) => state === 'ready').map((state) => [state.position, state]),
  );
  const lists = {
    stays: [] as Pair[],
    moved: [] as Pair[],
    added: [] as {known: DeviceState | null; seen: ObservedDevice}[],
  };
  const taken = new Set<string>();
  for (const device of seen.filter(({position}) => !isWithheld(position))) {
    const match =
      findSame(device.description.identity, device.position, proofs) ??
      findSameBySerial(device, {...proofs, at: observation.devices}) ??
      findStaying(device, readyAt.get(device.position));
    const state = match === undefined || taken.has(match.id) ? null : match;
    taken.add(state?.id ?? '');
    sort(state, device, lists);
  }
  const removed = [...readyAt.values()].filter(
    ({id, position}) => !taken.has(id) && !isWithheld(position),
  );
  return {...lists, removed, isAmbiguous};
}

function sort(
  known: DeviceState | null,
  seen: ObservedDevice,
  lists: {
    readonly stays: Pair[];
    readonly moved: Pair[];
    readonly added: {known: DeviceState | null; seen: ObservedDevice}[];
  },
): void {
  if (known !== null && known.position !== seen.position) {
    lists.moved.push({known, seen});
  } else if (known?.state === 'ready') {
    lists.stays.push({known, seen});
  } else {
    lists.added.push({known, seen});
  }
}

interface Proofs {
  readonly byKey: ReadonlyMap<string, readonly DeviceState[]>;
  readonly isAmbiguous: (identity: Identity) => boolean;
}

/** The known unit of this identity: a present one first, then the one that went last. */
function findSame(
  identity: Identity,
  position: string,
  {byKey, isAmbiguous}: Proofs,
): DeviceState | undefined {
  const same = byKey.get(keyOf(identity)) ?? [];
  const here = same.filter((state) => state.position === position);
  const candidates = isAmbiguous(identity) || here.length > 0 ? here : same;
  return candidates.toSorted(
    (a, b) => Number(b.state === 'ready') - Number(a.state === 'ready') || b.sequence - a.sequence,
  )[0];
}

/**
 * A network adapter that was told of before its interface was there is known by its serial. The
 * other way round a serial is no proof: adapters of one make can bear the same. So one that is still
 * where it was is not taken for another.
 */
function findSameBySerial(
  {position, devpaths: [devpath = ''], description: {identity, ids, serial}}: ObservedDevice,
  {at, ...proofs}: Proofs & {readonly at: Observation['devices']},
): DeviceState | undefined {
  if (identity.kind !== 'mac' || ids === null || serial === null) {
    return undefined;
  }
  const same = isSerialAccepted(serial, devpath)
    ? findSame({kind: 'serial', value: `${ids}:${serial.trim()}`}, position, proofs)
    : undefined;
  const isElsewhere = same?.state === 'ready' && same.position !== position;
  return isElsewhere && at.get(same.position)?.description.serial === same.serial
    ? undefined
    : same;
}

/**
 * The unit that was here all the time, of which something else is a proof just now: it cannot be
 * asked who it is, or its interface was given to a container, and its address with it.
 */
function findStaying(
  {description: {identity, ids, serial}}: ObservedDevice,
  here: DeviceState | undefined,
): DeviceState | undefined {
  if (here === undefined || here.ids !== ids || here.identity.kind === identity.kind) {
    return undefined;
  }
  const isSilent = identity.kind === 'position';
  return isSilent || here.serial === serial ? here : undefined;
}

/** An identity seen on two units, now or ever, is no proof any more. */
export function ambiguityOf(
  known: readonly DeviceState[],
  seen: readonly ObservedDevice[],
): (identity: Identity) => boolean {
  const ambiguous = new Set<string>();
  const once = new Set<string>();
  for (const {description} of seen) {
    const key = keyOf(description.identity);
    (once.has(key) ? ambiguous : once).add(key);
  }
  const knownOnce = new Set<string>();
  for (const state of known) {
    const key = keyOf(state.identity);
    (knownOnce.has(key) || state.ambiguous ? ambiguous : knownOnce).add(key);
  }
  return (identity) => identity.kind !== 'position' && ambiguous.has(keyOf(identity));
}

export const keyOf = ({kind, value}: Identity): string => `${kind} ${value}`;
