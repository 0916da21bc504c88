import {z} from 'zod';

import {Containers} from './container/container.ts';
import {describe} from './describe.ts';
import {DeviceStateRow} from './device/row.ts';
import {ClockState} from './envelope.ts';
import {JobProgress} from './job/progress.ts';
import {JobStateRow} from './job/row.ts';
import {HostMetrics} from './leaf/host-metrics.ts';
import {LeafRow} from './leaf/row.ts';
import {PortUserReadings} from './live.ts';
import {PortStateRow} from './port/row.ts';
import {RoleLinkReadings} from './role/link.ts';
import {RoleStateRow} from './role/row.ts';

const InventorySnapshot = z.object({
  leaf: LeafRow,
  ports: describe(z.record(z.string(), PortStateRow), 'by port id'),
  devices: describe(z.record(z.string(), DeviceStateRow), 'by device id'),
  roles: describe(z.record(z.string(), RoleStateRow), 'by name'),
  jobs: describe(z.record(z.string(), JobStateRow), 'by id'),
  readOnly: describe(
    z.record(z.string(), z.number()),
    'aggregates ("port/usb-1-3") with an event that cannot be read here, and its sequence',
  ),
  stopped: describe(
    z.record(
      z.string(),
      z.object({sequence: describe(z.number(), 'of that event'), reason: z.string()}),
    ),
    'projections that threw, and stand still before an event',
  ),
  unreadable: describe(z.number(), 'messages of the store that cannot be read'),
  sequence: describe(z.number(), 'of the newest event it knows of'),
  answers: describe(z.unknown(), "the agent's own: empty here"),
  lastSeen: describe(z.string().nullable(), 'ISO time of the newest event'),
  clock: describe(ClockState.nullable(), 'how the clock stood at that event'),
  latest: describe(
    z.string().nullable(),
    'latest ISO time of any event whose clock was not unsynced',
  ),
});

/** What a snapshot holds once its parts are joined and unpacked. */
export const Snapshot = describe(
  z.object({
    inventory: InventorySnapshot.describe('the events, folded'),
    users: PortUserReadings,
    limit: describe(z.string().nullable(), 'what cannot be seen here and the remedy; null: all is'),
    host: describe(HostMetrics.nullable(), 'null: not read yet'),
    containers: Containers,
    roleLinks: RoleLinkReadings,
    progress: describe(z.record(z.string(), JobProgress), 'of each running job, by its id'),
  }),
  'The state at one sequence, as the agent holds it, and what is seen live.',
);
