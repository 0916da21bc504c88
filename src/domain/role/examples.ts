import type {z} from 'zod';

import {type CommandExample, type EventExamples, ROLE, SOCKET} from '../story.ts';
import type {bindRole, unbindRole} from './commands.ts';
import type {roleEvents} from './events.ts';
import type {RoleLinkReadings} from './link.ts';
import type {RoleRow} from './row.ts';

const BINDING = {
  target: {kind: 'port', portId: SOCKET},
  selector: {class: 'serial', suffix: null},
} as const;

export const roleEventExamples: EventExamples<typeof roleEvents> = {
  'cim.role.bound.v1': {
    sequence: 16,
    time: '2026-11-23T08:15:20.118Z',
    subject: ROLE,
    isWished: true,
    data: {...BINDING, before: null},
  },
  'cim.role.unbound.v1': {
    sequence: 23,
    time: '2026-11-23T09:50:02.660Z',
    subject: ROLE,
    isWished: true,
    data: {before: BINDING},
  },
};

export const bindRoleExample: CommandExample<z.input<typeof bindRole.schema>> = {
  target: ROLE,
  time: '2026-11-23T08:15:20.110Z',
  data: {port: 'USB 3', class: 'serial'},
  event: roleEventExamples['cim.role.bound.v1'],
  refusal: {refused: 'no-function', detail: 'FTDI FT232R'},
};

export const unbindRoleExample: CommandExample<z.input<typeof unbindRole.schema>> = {
  target: ROLE,
  time: '2026-11-23T09:50:02.652Z',
  data: {},
  event: roleEventExamples['cim.role.unbound.v1'],
  refusal: {refused: 'unknown-role', detail: ROLE},
};

const LINK = {
  role: ROLE,
  path: '/dev/cim/scale',
  node: '/dev/ttyUSB0',
  state: 'right',
  detail: null,
} as const;

export const roleLinksExample: z.input<typeof RoleLinkReadings> = {
  list: [LINK],
  limit: null,
  seenAt: '2026-11-23T08:15:20.402Z',
};

export const roleRowExample: z.input<typeof RoleRow> = {
  id: ROLE,
  ...BINDING,
  since: '2026-11-23T08:15:20.118Z',
  sequence: 16,
  fields: {target: 16, selector: 16},
  port: SOCKET,
  holder: 'held',
  links: [LINK],
};
