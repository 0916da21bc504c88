import {z} from 'zod';

import {describe} from '../describe.ts';
import {DeviceDescription, DeviceFunction, IdentityKind} from '../device/events.ts';
import {DeviceId, PortId} from '../ids.ts';
import type {ReadOnly} from '../read-only.ts';
import {rowFields} from '../row-fields.ts';
import {PortDescription} from './events.ts';
import {PortUser} from './user.ts';

/** A port as the events have made it. */
export const PortStateRow = PortDescription.extend({
  id: PortId,
  label: describe(z.string().nullable(), 'as its socket is marked; null: it bears none'),
  deviceId: describe(DeviceId.nullable(), 'unit in it; null: empty'),
  ...rowFields,
});
export type PortStateRow = Readonly<z.infer<typeof PortStateRow>>;

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
