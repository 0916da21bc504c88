import {z} from 'zod';

import {describe} from '../describe.ts';
import {DeviceId, PortId} from '../ids.ts';

/** What a role follows: whatever sits in a port, or one unit wherever it sits. */
export const RoleTarget = describe(
  z.discriminatedUnion('kind', [
    z.object({kind: z.literal('port'), portId: PortId}),
    z.object({kind: z.literal('device'), deviceId: DeviceId}),
  ]),
  {
    id: 'RoleTarget',
    description: 'what a role follows: whatever sits in a port, or one unit wherever it sits',
  },
);
export type RoleTarget = z.infer<typeof RoleTarget>;

/** Which function of the unit: its class and, where that is not enough, a suffix of the position. */
export const FunctionSelector = describe(
  z.object({
    class: describe(z.string().nullable(), 'device class; null: the only function there is'),
    suffix: describe(z.string().nullable(), 'e.g. ":1.0/port0"; null: any of the class'),
  }),
  {id: 'FunctionSelector', description: 'which function of the unit'},
);
export type FunctionSelector = z.infer<typeof FunctionSelector>;

const Binding = z.object({target: RoleTarget, selector: FunctionSelector});

/** The role follows a port or a unit from now on. */
export const RoleBound = describe(
  Binding.extend({
    before: describe(Binding.nullable(), 'null: it followed nothing'),
  }),
  'The role follows a port or a unit from now on.',
);

/** The role follows nothing. */
export const RoleUnbound = describe(z.object({before: Binding}), 'The role follows nothing.');

export const roleEvents = {
  'cim.role.bound.v1': RoleBound,
  'cim.role.unbound.v1': RoleUnbound,
} as const;
