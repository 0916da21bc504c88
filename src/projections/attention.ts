import {lastCheck} from '#domain/job/order.ts';
import type {Attention as AttentionRow} from '#domain/leaf/row.ts';
import {settingsWords} from '#domain/port/settings.ts';
import type {RoleLinkReadings} from '#domain/role/link.ts';
import {epochMsOf} from '#domain/time.ts';
import type {Inventory} from './inventory.ts';
import {portTitle} from './port-rows.ts';
import {linksAstray, rolesWithoutDevice} from './role-attention.ts';

/** One thing that needs somebody. Worst first: fault, then warning, then note. */
export type Attention = AttentionRow;

const WEIGHT = {fault: 0, warning: 1, note: 2} as const;

/** Everything that needs somebody, worst first, then newest first. */
export function attentionOf(
  inventory: Inventory,
  links: Pick<RoleLinkReadings, 'list'>,
): readonly Attention[] {
  return [
    ...faults(inventory),
    ...trials(inventory),
    ...rolesWithoutDevice(inventory),
    ...linksAstray(inventory, links),
    ...ambiguities(inventory),
    ...storeNotes(inventory),
  ].sort(
    (a, b) => WEIGHT[a.level] - WEIGHT[b.level] || (b.since ?? '').localeCompare(a.since ?? ''),
  );
}

function faults(inventory: Inventory): readonly Attention[] {
  return Object.values(inventory.ports)
    .filter(({state}) => state === 'faulted' || state === 'quarantined')
    .map((port) => ({
      level: 'fault',
      code: port.state === 'quarantined' ? 'port-quarantined' : 'port-faulted',
      message:
        port.state === 'quarantined'
          ? `${portTitle(port)} flapped and is quarantined; once mended: port unquarantine ${port.id}`
          : `${portTitle(port)} is faulted`,
      target: {kind: 'port', id: port.id},
      since: port.since,
    }));
}

/** Whoever asked for it has to say that all is well. */
function trials(inventory: Inventory): readonly Attention[] {
  return Object.values(inventory.ports).flatMap((port): readonly Attention[] =>
    port.change?.state === 'trial'
      ? [
          {
            level: 'warning',
            code: 'change-on-trial',
            message: `${portTitle(port)} on trial: ${settingsWords(port.change.change)}; confirm it, or it comes back`,
            target: {kind: 'port', id: port.id},
            since: port.change.at,
          },
        ]
      : [],
  );
}

function ambiguities(inventory: Inventory): readonly Attention[] {
  const groups = new Map<string, string[]>();
  for (const device of Object.values(inventory.devices)) {
    const port = inventory.ports[device.portId];
    if (device.ambiguous && device.state === 'ready' && port !== undefined) {
      const key = `${device.ids ?? device.name} serial ${device.serial ?? 'none'}`;
      groups.set(key, [...(groups.get(key) ?? []), port.id]);
    }
  }
  return [...groups].map(([key, ids]) => ({
    level: 'warning',
    code: 'ambiguous',
    message: `${ids.map((id) => titleOf(inventory, id)).join(' and ')}: same ${key}, told apart by the socket only`,
    target: {kind: 'port', id: ids[0] ?? ''},
    since: null,
  }));
}

const titleOf = (inventory: Inventory, id: string): string => {
  const port = inventory.ports[id];
  return port === undefined ? id : portTitle(port);
};

/** A restart takes seconds and needs nobody. */
const SHORT_GAP_MS = 60_000;

const isLong = ({from, to}: {readonly from: string; readonly to: string}): boolean =>
  epochMsOf(to) - epochMsOf(from) >= SHORT_GAP_MS;

function storeNotes(inventory: Inventory): readonly Attention[] {
  const notes: Attention[] = [];
  const newer = Object.keys(inventory.readOnly);
  if (newer.length > 0) {
    notes.push({
      level: 'warning',
      code: 'newer-event',
      message: `${newer.join(', ')}: read only, as an event of it cannot be read here`,
      target: {kind: 'events', id: String(Math.max(...Object.values(inventory.readOnly)))},
      since: null,
    });
  }
  for (const [name, {sequence, reason}] of Object.entries(inventory.stopped)) {
    notes.push({
      level: 'fault',
      code: 'projection-stopped',
      message: `${name} stand still since event ${sequence}: ${reason}`,
      target: {kind: 'events', id: String(sequence)},
      since: null,
    });
  }
  const check = lastCheck(inventory.jobs);
  if (typeof check?.result?.wrong === 'number') {
    notes.push({
      level: 'fault',
      code: 'store-damaged',
      message: `event ${check.result.wrong} is not as it was written, as event verify found`,
      target: {kind: 'events', id: String(check.result.wrong)},
      since: check.since,
    });
  }
  if (inventory.unreadable > 0) {
    notes.push({
      level: 'warning',
      code: 'unreadable',
      message: `${inventory.unreadable} messages of the store cannot be read`,
      target: {kind: 'events', id: ''},
      since: null,
    });
  }
  const {unrecorded} = inventory.leaf;
  if (unrecorded !== null && isLong(unrecorded)) {
    notes.push({
      level: 'note',
      code: 'unrecorded',
      message: `nothing was recorded from ${unrecorded.from} to ${unrecorded.to}`,
      target: {kind: 'events', id: String(inventory.leaf.fields.startedAt ?? '')},
      since: unrecorded.to,
    });
  }
  return notes;
}
