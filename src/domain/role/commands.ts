import {z} from 'zod';

import type {CommandDescriptor} from '../command.ts';
import {describe} from '../describe.ts';

const ROLE = {name: 'ROLE', to: 'target', summary: 'name of the role'} as const;

/** Exactly one of port and device; class and suffix choose among several functions. */
const Binding = describe(
  z
    .object({
      port: describe(z.string().max(256).optional(), 'id or label of the port it follows'),
      device: describe(z.string().max(256).optional(), 'id of the unit it follows'),
      class: describe(z.string().max(40).optional(), 'only functions of this class'),
      suffix: describe(z.string().max(80).optional(), 'only the function with this suffix'),
      move: describe(z.boolean().optional(), 'take it from where it is bound now'),
    })
    .refine((data) => (data.port === undefined) !== (data.device === undefined), {
      message: 'name either a port or a device',
    }),
  {
    description: 'exactly one of port and device; class and suffix choose among several functions',
    oneOf: [{required: ['port']}, {required: ['device']}],
  },
);

export const bindRole = {
  aggregate: 'role',
  verb: 'bind',
  name: 'BindRole',
  summary: 'let a role follow a port or a device',
  schema: Binding,
  danger: 'plain',
  inverse: {command: 'role.unbind'},
  restart: 'fail',
  words: [ROLE],
  flags: [
    {name: 'port', to: 'port', summary: 'id or label of the port it follows'},
    {name: 'device', to: 'device', summary: 'id of the device it follows'},
    {name: 'class', to: 'class', summary: 'only functions of this class'},
    {name: 'suffix', to: 'suffix', summary: 'only the function with this suffix'},
    {name: 'move', to: 'move', summary: 'take it from where it is bound now', sets: true},
  ],
} as const satisfies CommandDescriptor;

export const unbindRole = {
  aggregate: 'role',
  verb: 'unbind',
  name: 'UnbindRole',
  summary: 'let a role follow nothing',
  schema: z.object({}),
  danger: 'asks',
  inverse: {command: 'role.bind'},
  restart: 'fail',
  words: [ROLE],
  flags: [],
} as const satisfies CommandDescriptor;
