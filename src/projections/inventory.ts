import {type Devices, evolveDevices, initialDevices} from '#domain/device/state.ts';
import {evolveLeaf, initialLeaf, type LeafState} from '#domain/leaf/state.ts';
import type {StoredMessage} from '#domain/message.ts';
import {evolvePorts, initialPorts, type Ports} from '#domain/port/state.ts';
import {evolveRoles, initialRoles, type Roles} from '#domain/role/state.ts';
import type {Step} from '#domain/step.ts';

/** Raised when the shape or meaning of Inventory changes: older snapshots are not read. */
export const INVENTORY_VERSION = 1;

/** Everything the leaf knows of itself, as of `sequence`: what decisions are made on. */
export interface Inventory {
  readonly leaf: LeafState;
  readonly ports: Ports;
  readonly devices: Devices;
  readonly roles: Roles;
  /** Aggregates (`port/usb-1`) written to by a newer version, with the sequence of that event. */
  readonly readOnly: Readonly<Record<string, number>>;
  /** How many messages could not be read at all. */
  readonly unreadable: number;
  readonly sequence: number;
  /** Time of the newest event. */
  readonly lastSeen: string | null;
}

export const initialInventory: Inventory = {
  leaf: initialLeaf,
  ports: initialPorts,
  devices: initialDevices,
  roles: initialRoles,
  readOnly: {},
  unreadable: 0,
  sequence: 0,
  lastSeen: null,
};

/** True for an inventory that this build wrote: told by its version tag and its parts. */
export const isInventory = (value: unknown, version: string): value is Inventory =>
  version === String(INVENTORY_VERSION) &&
  typeof value === 'object' &&
  value !== null &&
  Object.keys(initialInventory).every((key) => key in value);

/** The inventory after one more message of the stream. Never throws. */
export function evolveInventory(inventory: Inventory, message: StoredMessage): Inventory {
  const {sequence} = message;
  switch (message.kind) {
    case 'event': {
      const {event} = message;
      const step: Step = {sequence, time: event.time, fact: event};
      return {
        ...inventory,
        leaf: evolveLeaf(inventory.leaf, step),
        ports: evolvePorts(inventory.ports, step),
        devices: evolveDevices(inventory.devices, step),
        roles: evolveRoles(inventory.roles, step),
        sequence,
        lastSeen: event.time,
      };
    }
    case 'newer': {
      const key = `${message.aggregate}/${message.id}`;
      const readOnly = {...inventory.readOnly, [key]: sequence};
      return {...inventory, readOnly, sequence, lastSeen: message.envelope.time};
    }
    case 'unreadable':
      return {...inventory, unreadable: inventory.unreadable + 1, sequence};
  }
}
