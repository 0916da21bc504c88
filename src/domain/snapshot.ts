import {z} from 'zod';

import {Containers} from './container/container.ts';
import {DeviceStateRow} from './device/row.ts';
import {HostMetrics} from './leaf/host-metrics.ts';
import {LeafRow} from './leaf/row.ts';
import {PortUserReadings} from './live.ts';
import {PortStateRow} from './port/row.ts';
import {RoleStateRow} from './role/row.ts';

const InventorySnapshot = z.object({
  leaf: LeafRow,
  ports: z.record(z.string(), PortStateRow).describe('by port id'),
  devices: z.record(z.string(), DeviceStateRow).describe('by device id'),
  roles: z.record(z.string(), RoleStateRow).describe('by name'),
  readOnly: z
    .record(z.string(), z.number())
    .describe('aggregates ("port/usb-1-3") a newer version wrote to, with the sequence of that'),
  unreadable: z.number().describe('messages of the store that cannot be read'),
  sequence: z.number().describe('of the newest event it knows of'),
  lastSeen: z.string().nullable().describe('ISO time of the newest event'),
});

/** What a snapshot holds once its parts are joined and unpacked. */
export const Snapshot = z
  .object({
    inventory: InventorySnapshot.describe('the events, folded'),
    users: PortUserReadings,
    limit: z.string().nullable().describe('what cannot be seen here and the remedy; null: all is'),
    host: HostMetrics.nullable().describe('null: not read yet'),
    containers: Containers,
  })
  .describe('The state at one sequence, as the agent holds it, and what is seen live.');
