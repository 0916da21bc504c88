import type {Identity} from '#domain/device/events.ts';
import type {DeviceState} from '#domain/device/state.ts';
import {epochMsOf} from '#domain/time.ts';
import type {Inventory} from '#projections/inventory.ts';
import {relativeTo, translate} from './below.ts';
import {ambiguityOf, keyOf} from './match-devices.ts';
import type {Observation, ObservedDevice} from './observation.ts';

/** A unit in another place than last, with the units behind it that are seen at theirs. */
export interface Relocation {
  readonly known: DeviceState;
  readonly seen: ObservedDevice;
  readonly followers: readonly {readonly known: DeviceState; readonly seen: ObservedDevice}[];
  /** It said who it is, or a built-in part of it did. */
  readonly isProved: boolean;
  /** What was behind it when it went has not all come yet. */
  readonly isAwaited: boolean;
}

/**
 * Units with others behind them (hubs, docks) that were moved. One that says who it is proves
 * itself. One that does not is proved by a built-in part of it, at the same place behind it, that
 * does: what was plugged in may have been plugged elsewhere. Until that has come it is awaited.
 */
export function findRelocations(
  inventory: Inventory,
  observation: Observation,
): readonly Relocation[] {
  const {devices, ports, readOnly} = inventory;
  const all = Object.values(devices);
  const news = newsOf(all, observation);
  if (news.length === 0) {
    return [];
  }
  const kinds = new Set(news.map(({description}) => description.ids));
  const known = all.filter(({id}) => !Object.hasOwn(readOnly, `device/${id}`));
  const isAmbiguous = ambiguityOf(all, [...observation.devices.values()]);
  const hubs = known
    .filter((hub) => kinds.has(hub.ids) && !isStillThere(hub, observation))
    .map((hub) => ({hub, behind: known.filter(({position}) => isBelow(hub.position, position))}))
    .filter(
      ({hub, behind}) =>
        behind.length > 0 ||
        Object.values(ports).some(({position}) => isBelow(hub.position, position)),
    );
  const taken: string[] = [];
  return hubs
    .toSorted((a, b) => a.hub.position.length - b.hub.position.length)
    .flatMap(({hub, behind}) => {
      const [best] = news
        .filter(({position}) => position !== hub.position && !isInside(position, taken))
        .map((seen) => relocationOf({hub, behind, seen, observation, isAmbiguous}))
        .filter((relocation) => relocation !== undefined)
        .toSorted((a, b) => b.followers.length - a.followers.length);
      taken.push(...(best === undefined ? [] : [best.seen.position]));
      return best ?? [];
    });
}

/** What is seen where nothing of its kind was, which for most pictures is nothing. */
function newsOf(known: readonly DeviceState[], {devices}: Observation): readonly ObservedDevice[] {
  const there = new Map(
    known.filter(({state}) => state === 'ready').map(({position, ids}) => [position, ids]),
  );
  return [...devices.values()].filter(
    ({position, description: {ids}}) =>
      !position.startsWith('virtual/') && there.get(position) !== ids,
  );
}

/** A place that is taken, or one behind it: a hub behind a hub that moved moves with that. */
const isInside = (position: string, taken: readonly string[]): boolean =>
  taken.some((above) => above === position || isBelow(above, position));

const isBelow = (above: string, position: string): boolean =>
  relativeTo(above, position) !== undefined;

function isStillThere({state, position, ids}: DeviceState, {devices}: Observation): boolean {
  const here = devices.get(position);
  return state === 'ready' && here !== undefined && here.description.ids === ids;
}

interface Candidate {
  readonly hub: DeviceState;
  readonly behind: readonly DeviceState[];
  readonly seen: ObservedDevice;
  readonly observation: Observation;
  readonly isAmbiguous: (identity: Identity) => boolean;
}

function relocationOf(candidate: Candidate): Relocation | undefined {
  const {hub, seen, behind, observation, isAmbiguous} = candidate;
  if (hub.ids !== seen.description.ids) {
    return undefined;
  }
  const followers = followersOf(candidate);
  const isNamed = hub.identity.kind !== 'position';
  const isSame = keyOf(hub.identity) === keyOf(seen.description.identity);
  if (isNamed && (!isSame || isAmbiguous(hub.identity))) {
    return undefined;
  }
  if (!isNamed && seen.description.identity.kind !== 'position') {
    return undefined;
  }
  const came = new Set(followers.map((follower) => follower.known.id));
  const isMissing = behind.some((unit) => isWith(hub, unit) && !came.has(unit.id));
  if (isNamed) {
    return {known: hub, seen, followers, isProved: true, isAwaited: isMissing};
  }
  const isProved = followers.some(
    ({known, seen: {position}}) =>
      known.identity.kind !== 'position' && observation.ports.get(position)?.kind === 'fixed',
  );
  const isProvable = behind.some((unit) => isWith(hub, unit) && unit.identity.kind !== 'position');
  return isProved || (isMissing && isProvable)
    ? {known: hub, seen, followers, isProved, isAwaited: isMissing}
    : undefined;
}

/** Pulled with its hub, a device may be told of this long before it. */
const TOGETHER_MS = 5000;

/** It was behind the hub to the end: it is there as far as is known, or both went together. */
const isWith = (hub: DeviceState, unit: DeviceState): boolean =>
  unit.state === 'ready' ||
  (hub.state === 'gone' && Math.abs(epochMsOf(hub.since) - epochMsOf(unit.since)) <= TOGETHER_MS);

/** Known units behind it that are seen at the same place behind it now. */
function followersOf({hub, behind, seen, observation, isAmbiguous}: Candidate) {
  const newest = behind.toSorted(
    (a, b) => Number(b.state === 'ready') - Number(a.state === 'ready') || b.sequence - a.sequence,
  );
  const taken = new Set<string>();
  return newest.flatMap((known) => {
    const position = translate(known.position, hub.position, seen.position) ?? '';
    const there = observation.devices.get(position);
    if (there === undefined || taken.has(position) || !isSameUnit(known, there, isAmbiguous)) {
      return [];
    }
    taken.add(position);
    return [{known, seen: there}];
  });
}

/** Without proof of who it is, its kind and its place behind the hub have to do. */
function isSameUnit(
  known: DeviceState,
  {description: {identity, ids}}: ObservedDevice,
  isAmbiguous: (identity: Identity) => boolean,
): boolean {
  const isNamed = known.identity.kind !== 'position' && !isAmbiguous(known.identity);
  return isNamed
    ? keyOf(known.identity) === keyOf(identity)
    : known.ids === ids && known.identity.kind === identity.kind;
}
