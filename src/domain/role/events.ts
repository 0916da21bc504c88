import {z} from 'zod';

import {DeviceId, PortId} from '../ids.ts';

/** What a role follows: whatever sits in a port, or one unit wherever it sits. */
export const RoleTarget = z
  .discriminatedUnion('kind', [
    z.object({kind: z.literal('port'), portId: PortId}),
    z.object({kind: z.literal('device'), deviceId: DeviceId}),
  ])
  .meta({
    id: 'RoleTarget',
    description: 'what a role follows: whatever sits in a port, or one unit wherever it sits',
  });
export type RoleTarget = z.infer<typeof RoleTarget>;

/** Which function of the unit: its class and, where that is not enough, a suffix of the position. */
export const FunctionSelector = z
  .object({
    class: z.string().nullable().describe('device class; null: the only function there is'),
    suffix: z.string().nullable().describe('e.g. ":1.0/port0"; null: any of the class'),
  })
  .meta({id: 'FunctionSelector', description: 'which function of the unit'});
export type FunctionSelector = z.infer<typeof FunctionSelector>;

const Binding = z.object({target: RoleTarget, selector: FunctionSelector});

/** The role follows a port or a unit from now on. */
export const RoleBound = Binding.extend({
  before: Binding.nullable().describe('null: it followed nothing'),
}).describe('The role follows a port or a unit from now on.');

/** The role follows nothing. */
export const RoleUnbound = z.object({before: Binding}).describe('The role follows nothing.');

export const roleEvents = {
  'cim.role.bound.v1': RoleBound,
  'cim.role.unbound.v1': RoleUnbound,
} as const;
