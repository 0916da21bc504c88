import {type Devices, evolveDevices, initialDevices} from '#domain/device/state.ts';
import type {CimEvent, ClockState} from '#domain/envelope.ts';
import {evolveJobs, initialJobs, type Jobs} from '#domain/job/state.ts';
import {evolveLeaf, initialLeaf, type LeafState} from '#domain/leaf/state.ts';
import {aggregateOf, type StoredMessage} from '#domain/message.ts';
import {evolvePorts, initialPorts, type Ports} from '#domain/port/state.ts';
import {evolveRoles, initialRoles, type Roles} from '#domain/role/state.ts';
import {COPYING, foldingWriter, type Table, type TableWriter} from '#domain/table.ts';
import {type Answers, answersProjection} from './answers.ts';
import type {Happening, Projection} from './projection.ts';

/** The state of each projection. */
interface States {
  readonly leaf: LeafState;
  readonly ports: Ports;
  readonly devices: Devices;
  readonly roles: Roles;
  readonly jobs: Jobs;
  /** Not sent to consoles: they answer nobody. */
  readonly answers: Answers;
}

/** Every projection there is: one line each. */
const PROJECTIONS: {readonly [Name in keyof States]: Projection<States[Name]>} = {
  leaf: {version: 1, initial: initialLeaf, evolve: evolveLeaf},
  ports: {version: 2, initial: initialPorts, evolve: evolvePorts},
  devices: {version: 1, initial: initialDevices, evolve: evolveDevices},
  roles: {version: 1, initial: initialRoles, evolve: evolveRoles},
  jobs: {version: 1, initial: initialJobs, evolve: evolveJobs},
  answers: answersProjection,
};

export type ProjectionName = keyof States;

/** A projection that threw: it stands still at the event before that one. */
export interface Stopped {
  readonly sequence: number;
  readonly reason: string;
}

/** Everything the leaf knows of itself, as of `sequence`: what decisions are made on. */
export interface Inventory extends States {
  /** Aggregates (`port/usb-1`) with an event that cannot be read here, and its sequence. */
  readonly readOnly: Table<number>;
  /** Projections that threw. */
  readonly stopped: Readonly<Partial<Record<ProjectionName, Stopped>>>;
  /** How many messages could not be read at all. */
  readonly unreadable: number;
  readonly sequence: number;
  /** Time of the newest event. */
  readonly lastSeen: string | null;
  /** How the clock stood at that event. */
  readonly clock: ClockState | null;
  /** Latest time of any event so far whose clock was not unsynced: it only ever grows. */
  readonly latest: string | null;
}

export const PROJECTION_NAMES = Object.keys(PROJECTIONS) as readonly ProjectionName[];

/** Raised when what an inventory holds beside its projections changes in shape or meaning. */
const VERSION = 2;

/** Which code made an inventory: `inventory.2 leaf.1 …`. Another one's is not read. */
export const INVENTORY_VERSION = [
  `inventory.${VERSION}`,
  ...PROJECTION_NAMES.map((name) => `${name}.${PROJECTIONS[name].version}`),
].join(' ');

export const initialInventory: Inventory = {
  leaf: PROJECTIONS.leaf.initial,
  ports: PROJECTIONS.ports.initial,
  devices: PROJECTIONS.devices.initial,
  roles: PROJECTIONS.roles.initial,
  jobs: PROJECTIONS.jobs.initial,
  answers: PROJECTIONS.answers.initial,
  readOnly: {},
  stopped: {},
  unreadable: 0,
  sequence: 0,
  lastSeen: null,
  clock: null,
  latest: null,
};

/** True for an inventory that this build wrote: told by its version tag and its parts. */
export const isInventory = (value: unknown, version: string): value is Inventory =>
  version === INVENTORY_VERSION &&
  typeof value === 'object' &&
  value !== null &&
  Object.keys(initialInventory).every((key) => key in value);

/** The inventory after many messages, in order: the same as one by one, and much faster. */
export function foldInventory(inventory: Inventory, messages: readonly StoredMessage[]): Inventory {
  const writer = foldingWriter();
  return messages.reduce((known, message) => evolveInventory(known, message, writer), inventory);
}

/** The inventory after one more message of the stream. Never throws. */
export function evolveInventory(
  inventory: Inventory,
  message: StoredMessage,
  writer: TableWriter = COPYING,
): Inventory {
  const {sequence} = message;
  switch (message.kind) {
    case 'event':
      return evolveByEvent(inventory, sequence, message.event, writer);
    case 'newer': {
      const {time, clock} = message.envelope;
      const place = `${message.aggregate}/${message.id}`;
      const readOnly = writer.put(inventory.readOnly, place, sequence);
      const latest = latestOf(inventory, time, clock);
      return {...inventory, readOnly, sequence, lastSeen: time, clock: clock ?? null, latest};
    }
    case 'unreadable': {
      const found = aggregateOf(message.subject);
      const readOnly =
        found === undefined
          ? inventory.readOnly
          : writer.put(inventory.readOnly, `${found.aggregate}/${found.id}`, sequence);
      return {...inventory, readOnly, unreadable: inventory.unreadable + 1, sequence};
    }
  }
}

function evolveByEvent(
  inventory: Inventory,
  sequence: number,
  event: CimEvent,
  writer: TableWriter,
): Inventory {
  const {time, clock} = event;
  const happening: Happening = {sequence, time, fact: event, event};
  let {stopped} = inventory;
  const next = <Name extends ProjectionName>(name: Name): States[Name] => {
    const state: States[Name] = inventory[name];
    if (stopped[name] !== undefined) {
      return state;
    }
    try {
      return PROJECTIONS[name].evolve(state, happening, writer);
    } catch (error) {
      stopped = {...stopped, [name]: {sequence, reason: String(error)}};
      return state;
    }
  };
  return {
    leaf: next('leaf'),
    ports: next('ports'),
    devices: next('devices'),
    roles: next('roles'),
    jobs: next('jobs'),
    answers: next('answers'),
    readOnly: inventory.readOnly,
    stopped,
    unreadable: inventory.unreadable,
    sequence,
    lastSeen: time,
    clock: clock ?? null,
    latest: latestOf(inventory, time, clock),
  };
}

/** Times are UTC in one form, so their texts are in their order. */
const latestOf = ({latest}: Inventory, time: string, clock: string | undefined): string | null =>
  clock === 'unsynced' || (latest !== null && latest >= time) ? latest : time;
