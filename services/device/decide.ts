import type {IdSource} from '#contracts/ids.ts';
import type {Fact} from '#domain/catalogue.ts';
import type {DeviceId} from '#domain/ids.ts';
import type {Inventory} from '#projections/inventory.ts';
import {relativeTo} from './below.ts';
import {diff, isReadOnly} from './diff.ts';
import {QUARANTINE_MINUTES, type Summary} from './flapping.ts';
import type {Resync} from './loss.ts';
import type {Observation, ObservedPort} from './observation.ts';
import {findRelocations} from './relocations.ts';

export interface DecideOptions {
  readonly observation: Observation;
  /** Positions that are still settling. */
  readonly withheld: readonly string[];
  /** The picture came by enumeration, for this reason; undefined: by records. */
  readonly resync: Resync | undefined;
  /** Ports that flapped, whose changes are told together now. */
  readonly summaries: readonly Summary[];
  readonly deviceId: IdSource['deviceId'];
  /** True as long as what moved with others behind it is to be waited for, told by its place. */
  readonly isAwaited?: (position: string) => boolean;
  /** As in diff. */
  readonly isDismissed?: ((port: ObservedPort) => boolean) | undefined;
}

/** Two decisions on one picture: what follows from a comparison is stored behind it. */
export interface DeviceDecisions {
  /** `leaf.resynced`, when something was missed. */
  readonly resynced: (inventory: Inventory) => readonly Fact[];
  readonly devices: (inventory: Inventory) => readonly Fact[];
}

/**
 * Decisions on one picture of the devices. Asked again, on whatever state, they give the same new
 * units the same ids.
 */
export function decideDevices(options: DecideOptions): DeviceDecisions {
  const {observation, resync} = options;
  const {isAwaited = () => false} = options;
  const ids = new Map<string, DeviceId>();
  const deviceId = (position: string): DeviceId => {
    const id = ids.get(position) ?? options.deviceId();
    ids.set(position, id);
    return id;
  };
  const devices = (inventory: Inventory): readonly Fact[] => {
    const awaited = findRelocations(inventory, observation).filter(
      (relocation) => relocation.isAwaited && isAwaited(relocation.seen.position),
    );
    const withheld = new Set([...options.withheld, ...awaited.map(({seen}) => seen.position)]);
    const shut = quarantined(inventory);
    const found = diff(inventory, observation, {
      origin: resync === undefined ? 'plug' : 'start',
      deviceId,
      isWithheld: (position) =>
        withheld.has(position) ||
        shut.some((above) => position === above || relativeTo(above, position) !== undefined),
      isDismissed: options.isDismissed,
    });
    const facts = summedUp(inventory, found, options.summaries);
    return facts.filter((fact) => !isReadOnly(inventory, fact));
  };
  return {
    devices,
    resynced: (inventory) =>
      resync === undefined
        ? []
        : resynced(inventory, devices(inventory), resync).filter(
            (fact) => !isReadOnly(inventory, fact),
          ),
  };
}

/**
 * `leaf.resynced`, when something was missed: the monitor lost records or ended, or the picture
 * differed. The first picture of a new leaf differs from nothing.
 */
function resynced(inventory: Inventory, facts: readonly Fact[], resync: Resync): readonly Fact[] {
  const {cause, drops} = resync;
  const {leafId} = inventory.leaf;
  const isFirst = cause === 'start' && Object.keys(inventory.ports).length === 0;
  const isMissed = drops > 0 || cause === 'monitor-ended' || facts.length > 0;
  if (leafId === null || isFirst || !isMissed) {
    return [];
  }
  const changes = [...new Set(facts.map(({subject}) => subject))];
  return [{type: 'cim.leaf.resynced.v1', subject: leafId, data: {cause, drops, changes}}];
}

/** What such a port does is not stored, nor what is behind it. */
const quarantined = ({ports}: Inventory): readonly string[] =>
  Object.values(ports).flatMap(({state, position}) => (state === 'quarantined' ? position : []));

/** One `port.summed-up` for each port that flapped, in place of its change where there is one. */
function summedUp(
  {ports}: Inventory,
  facts: readonly Fact[],
  summaries: readonly Summary[],
): readonly Fact[] {
  const byPort = new Map<string, Summary>();
  for (const summary of summaries) {
    const port = Object.values(ports).find(({position}) => position === summary.position);
    if (port !== undefined && port.state !== 'quarantined') {
      byPort.set(port.id, summary);
    }
  }
  const rest = facts.filter(
    ({type, subject}) => type !== 'cim.port.changed.v1' || !byPort.has(subject),
  );
  const sums = [...byPort].flatMap(([id, {changes, from, minutes}]): readonly Fact[] => {
    const last = facts.find((fact) => fact.type === 'cim.port.changed.v1' && fact.subject === id);
    const change = last?.type === 'cim.port.changed.v1' ? last.data : {before: {}};
    const sum: Fact = {
      type: 'cim.port.summed-up.v1',
      subject: id,
      data: {...change, changes, from},
    };
    const state = ('state' in change ? change.state : undefined) ?? ports[id]?.state ?? 'absent';
    const data = {minutes, changes, before: {state}};
    return minutes < QUARANTINE_MINUTES
      ? [sum]
      : [sum, {type: 'cim.port.quarantined.v1', subject: id, data}];
  });
  return [...rest, ...sums];
}
