import {z} from 'zod';

import {describe} from '../describe.ts';
import {DeviceDescription, DeviceFunction, IdentityKind} from '../device/events.ts';
import {DeviceId, PortId} from '../ids.ts';
import type {ReadOnly} from '../read-only.ts';
import {rowFields} from '../row-fields.ts';
import {PortDescription} from './events.ts';
import {PortSettings, PortSettingsChange} from './settings.ts';
import {PortUser} from './user.ts';

/** A change of a port that is not done yet. */
export const PortChangeState = describe(
  z.object({
    requested: describe(z.number().int().positive(), 'sequence of its change-requested'),
    at: describe(z.iso.datetime(), 'when it was wanted'),
    change: PortSettingsChange,
    before: PortSettingsChange,
    trySeconds: describe(z.number().int().positive().nullable(), 'null: it stays once applied'),
    state: describe(z.enum(['requested', 'trial']), 'trial: applied, and waits for confirm'),
    deadline: describe(z.iso.datetime().nullable(), 'of a trial: it comes back by itself then'),
  }),
  {id: 'PortChangeState', description: 'a change of a port that is wanted, or on trial'},
);
export type PortChangeState = ReadOnly<z.infer<typeof PortChangeState>>;

/** A port as the events have made it. */
export const PortStateRow = PortDescription.extend({
  id: PortId,
  label: describe(z.string().nullable(), 'as its socket is marked; null: it bears none'),
  deviceId: describe(DeviceId.nullable(), 'unit in it; null: empty'),
  wanted: describe(PortSettings, 'what is wanted of it: applied again when a unit comes'),
  found: describe(PortSettings, 'how it was before anything was wanted of it'),
  change: describe(PortChangeState.nullable(), 'what is wanted and not done, or on trial'),
  ...rowFields,
});
export type PortStateRow = ReadOnly<z.infer<typeof PortStateRow>>;

/** A function as `port list` gives it. */
export const FunctionRow = DeviceFunction.omit({nodes: true}).extend({
  role: describe(z.string().nullable(), 'that selects it'),
  user: PortUser,
  nodes: describe(z.array(z.string()), 'paths in /dev, or interface names'),
});
export type FunctionRow = ReadOnly<z.infer<typeof FunctionRow>>;

/** A unit as `port list` gives it, in its port. */
export const PluggedDevice = DeviceDescription.pick({
  name: true,
  vendor: true,
  model: true,
  serial: true,
  ambiguous: true,
  ids: true,
  driver: true,
}).extend({
  id: DeviceId,
  identity: IdentityKind,
  functions: z.array(FunctionRow),
  nodes: describe(z.array(z.string()), 'of all its functions'),
});
export type PluggedDevice = ReadOnly<z.infer<typeof PluggedDevice>>;

/** A port as `port list` gives it: CLI.md, Shapes. */
export const PortRow = PortStateRow.omit({deviceId: true}).extend({
  role: describe(z.string().nullable(), 'the first of roles'),
  roles: describe(z.array(z.string()), 'every role that leads here, in order of name'),
  user: PortUser,
  device: describe(PluggedDevice.nullable(), 'null: empty'),
});
export type PortRow = ReadOnly<z.infer<typeof PortRow>>;
