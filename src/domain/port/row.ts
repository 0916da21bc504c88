import {z} from 'zod';

import {DeviceDescription, DeviceFunction, IdentityKind} from '../device/events.ts';
import {DeviceId, PortId} from '../ids.ts';
import type {ReadOnly} from '../read-only.ts';
import {rowFields} from '../row-fields.ts';
import {PortDescription} from './events.ts';
import {PortUser} from './user.ts';

/** A port as the events have made it. */
export const PortStateRow = PortDescription.extend({
  id: PortId,
  label: z.string().nullable().describe('as its socket is marked; null: it bears none'),
  deviceId: DeviceId.nullable().describe('unit in it; null: empty'),
  ...rowFields,
});
export type PortStateRow = Readonly<z.infer<typeof PortStateRow>>;

/** A function as `port list` gives it. */
export const FunctionRow = DeviceFunction.omit({nodes: true}).extend({
  role: z.string().nullable().describe('that selects it'),
  user: PortUser,
  nodes: z.array(z.string()).describe('paths in /dev, or interface names'),
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
  nodes: z.array(z.string()).describe('of all its functions'),
});
export type PluggedDevice = ReadOnly<z.infer<typeof PluggedDevice>>;

/** A port as `port list` gives it: CLI.md, Shapes. */
export const PortRow = PortStateRow.omit({deviceId: true}).extend({
  role: z.string().nullable().describe('the first of roles'),
  roles: z.array(z.string()).describe('every role that leads here, in order of name'),
  user: PortUser,
  device: PluggedDevice.nullable().describe('null: empty'),
});
export type PortRow = ReadOnly<z.infer<typeof PortRow>>;
