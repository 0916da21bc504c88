import {z} from 'zod';

import {describe} from './describe.ts';
import {DeviceStateRow} from './device/row.ts';
import {tokenFromId} from './ids.ts';
import {LeafRow} from './leaf/row.ts';
import {FunctionRow, PluggedDevice, PortRow} from './port/row.ts';
import {RoleRow} from './role/row.ts';

/** Raised when the meaning of a row changes; a new field is no reason. */
export const KV_ROW_VERSION = 1;

/** Name of a leaf's bucket of state. */
export const stateBucket = (leafId: string): string => `cim_state_${leafId}`;

/** Key of a row: `port.usb-1-3`. */
export const stateKey = (kind: StateKind, id: string): string => `${kind}.${tokenFromId(id)}`;

const stateRow = <Data extends z.ZodType>(data: Data) =>
  z.object({
    v: describe(z.literal(KV_ROW_VERSION), 'version of the row'),
    sequence: describe(z.number().int().nonnegative(), 'of the newest event this row knows of'),
    data,
  });

// Who uses a port is live: it changes without an event, and a row is made of events only.
const StoredFunction = FunctionRow.omit({user: true});
const StoredPort = PortRow.omit({user: true}).extend({
  device: describe(
    PluggedDevice.extend({functions: z.array(StoredFunction)}).nullable(),
    'null: empty',
  ),
});

/** Rows of the bucket by aggregate, derived from the events: WIRE.md, Stores. */
export const STATE_SCHEMAS = {
  leaf: describe(stateRow(LeafRow), 'The leaf itself.'),
  port: describe(stateRow(StoredPort), 'A port, as port.list gives it but for who uses it.'),
  device: describe(
    stateRow(DeviceStateRow),
    'A unit; one that has gone stays with its last place.',
  ),
  role: describe(
    stateRow(RoleRow.omit({links: true})),
    'A role that is bound, and where it leads.',
  ),
} as const;

export type StateKind = keyof typeof STATE_SCHEMAS;
