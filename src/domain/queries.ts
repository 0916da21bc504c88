import {ContainerRow} from './container/row.ts';
import {DeviceRow} from './device/row.ts';
import {JobRow} from './job/row.ts';
import {LeafRow, StatusRow} from './leaf/row.ts';
import {PortRow} from './port/row.ts';
import type {QueryDescriptor} from './query.ts';
import {RoleRow} from './role/row.ts';

/** Every query that is answered with rows. A test holds it against what the agent answers. */
export const QUERY_DESCRIPTORS = [
  {view: 'leaf', verb: 'show', summary: 'the leaf itself: one row', row: LeafRow},
  {
    view: 'status',
    verb: 'show',
    summary: 'what needs somebody, and how things stand: one row',
    row: StatusRow,
  },
  {view: 'port', verb: 'list', summary: 'every port, and what is in it', row: PortRow},
  {view: 'device', verb: 'list', summary: 'every unit seen here, gone ones too', row: DeviceRow},
  {view: 'role', verb: 'list', summary: 'every role that is bound', row: RoleRow},
  {
    view: 'job',
    verb: 'list',
    summary: 'every job: open ones, and the last that have ended',
    row: JobRow,
  },
  {view: 'container', verb: 'list', summary: 'every container that runs', row: ContainerRow},
] as const satisfies readonly QueryDescriptor[];
