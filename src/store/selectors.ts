import {describeMessage, type EventWords, type Names} from '#domain/event/words.ts';
import type {StoredMessage} from '#domain/message.ts';
import type {PortUsers} from '#domain/port/user.ts';
import {type Attention, attentionOf} from '#projections/attention.ts';
import {type ContainerRow, containerRows} from '#projections/container-rows.ts';
import {
  type CallerWay,
  type HazardKind,
  type Hazards,
  hazardsOf,
  portsAtStake,
} from '#projections/hazards.ts';
import type {Inventory} from '#projections/inventory.ts';
import {namesOf} from '#projections/names.ts';
import {type PortRow, portRows} from '#projections/port-rows.ts';

import {keepLast} from './memo.ts';
import type {ReadState} from './read-store.ts';

/** A message of the history with its words. */
export interface EventRow {
  readonly sequence: number;
  /** Milliseconds since 1970; null where the message has no readable time. */
  readonly at: number | null;
  readonly message: StoredMessage;
  readonly words: EventWords;
}

/** What screens derive from the read store, each computed once for each new input. */
export interface Selectors {
  portRows(state: ReadState): readonly PortRow[];
  portRow(state: ReadState, id: string): PortRow | undefined;
  containerRows(state: ReadState): readonly ContainerRow[];
  attention(state: ReadState): readonly Attention[];
  names(state: ReadState): Names;
  /** What hangs on each port, for who has come by this way. */
  stakes(state: ReadState, caller: CallerWay): ReadonlyMap<string, readonly HazardKind[]>;
  /** What hangs on one port, and who uses it. */
  hazards(state: ReadState, caller: CallerWay, id: string): Hazards;
  eventRows(history: readonly StoredMessage[], inventory: Inventory): readonly EventRow[];
}

/** Selectors with a memory of their own: one set for each console. */
export function createSelectors(): Selectors {
  const rows = keepLast(portRows);
  const byId = keepLast(
    (list: readonly PortRow[]) => new Map<string, PortRow>(list.map((row) => [row.id, row])),
  );
  const containers = keepLast(containerRows);
  const attention = keepLast(attentionOf);
  const names = keepLast((ports: Inventory['ports'], devices: Inventory['devices']) =>
    namesOf({ports, devices}),
  );
  const events = keepLast((history: readonly StoredMessage[], known: Names): readonly EventRow[] =>
    history.map((message) => eventRow(message, known)),
  );
  const stakes = keepLast(
    (
      ports: Inventory['ports'],
      devices: Inventory['devices'],
      users: PortUsers,
      caller: CallerWay,
    ) => portsAtStake({inventory: {ports, devices}, users, caller}),
  );
  const namesIn = ({ports, devices}: Inventory): Names => names(ports, devices);
  return {
    portRows: ({inventory, users}) => rows(inventory, users),
    portRow: ({inventory, users}, id) => byId(rows(inventory, users)).get(id),
    containerRows: (state) => containers(state.containers),
    attention: ({inventory, roleLinks}) => attention(inventory, roleLinks),
    names: ({inventory}) => namesIn(inventory),
    stakes: ({inventory: {ports, devices}, users}, caller) => stakes(ports, devices, users, caller),
    hazards({inventory, users}, caller, id) {
      const port = inventory.ports[id];
      return port === undefined
        ? {kinds: [], users: []}
        : hazardsOf({inventory, users, caller}, port);
    },
    eventRows: (history, inventory) => events(history, namesIn(inventory)),
  };
}

/** Time of a message, in milliseconds since 1970. */
export function timeOf(message: StoredMessage): number | null {
  switch (message.kind) {
    case 'event':
      return Date.parse(message.event.time);
    case 'newer':
      return Date.parse(message.envelope.time);
    case 'unreadable':
      return null;
  }
}

const eventRow = (message: StoredMessage, names: Names): EventRow => ({
  sequence: message.sequence,
  at: timeOf(message),
  message,
  words: describeMessage(message, names),
});
