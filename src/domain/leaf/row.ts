import {z} from 'zod';

import type {ReadOnly} from '../read-only.ts';
import {rowFields} from '../row-fields.ts';
import {HostMetrics} from './host-metrics.ts';

/** The leaf itself as the events have made it, and as `leaf show` gives it. */
export const LeafRow = z.object({
  leafId: z.string().nullable().describe('null: it has no event yet'),
  storeId: z.string().nullable().describe('UUID that tells two stores of one leaf id apart'),
  label: z.string().nullable().describe('name that people see; null: it has none'),
  startedAt: z.string().nullable().describe('ISO time when an agent last became active'),
  isStopped: z.boolean().describe('its last agent ended in order, and none has begun since'),
  unrecorded: z
    .object({from: z.string(), to: z.string()})
    .nullable()
    .describe('ISO times between which nothing was recorded before this start'),
  sequence: rowFields.sequence,
  fields: rowFields.fields,
});
export type LeafRow = Readonly<z.infer<typeof LeafRow>>;

/** One thing that needs somebody. */
export const Attention = z
  .object({
    level: z.enum(['fault', 'warning', 'note']),
    code: z.enum([
      'port-faulted',
      'role-without-device',
      'ambiguous',
      'unrecorded',
      'newer-event',
      'unreadable',
    ]),
    message: z.string().describe('one line for people'),
    target: z
      .object({kind: z.enum(['port', 'role', 'events']), id: z.string()})
      .describe('where to mend it'),
    since: z.string().nullable().describe('ISO time; null: not known'),
  })
  .meta({id: 'Attention', description: 'one thing that needs somebody'});
export type Attention = ReadOnly<z.infer<typeof Attention>>;

/** How the leaf is, as `status` gives it. */
export const StatusRow = z.object({
  leaf: z.string().nullable().describe('leaf id'),
  label: z.string().nullable().describe('name that people see'),
  startedAt: z.string().nullable().describe('ISO time when an agent last became active'),
  attention: z.array(Attention).describe('worst first, then newest first'),
  ports: z.object({
    present: z.number().describe('how many hold something'),
    absent: z.number().describe('how many are empty'),
    disabled: z.number().describe('how many are switched off'),
  }),
  roles: z.number().describe('how many are bound'),
  containers: z.number().nullable().describe('how many run; null: they cannot be seen'),
  events: z.number().describe('how many are stored'),
  unreadable: z.number().describe('messages of the store that cannot be read'),
  lastSeen: z.string().nullable().describe('ISO time of the newest event'),
  limit: z.string().nullable().describe('what the agent cannot see, and the remedy'),
  host: HostMetrics.nullable().describe('null: not read yet'),
  sequence: z.number().describe('of the newest event this row knows of'),
});
export type StatusRow = ReadOnly<z.infer<typeof StatusRow>>;
