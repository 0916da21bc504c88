import {z} from 'zod';

import {describe} from '../describe.ts';
import type {ReadOnly} from '../read-only.ts';
import {rowFields} from '../row-fields.ts';
import {HostMetrics} from './host-metrics.ts';

/** The leaf itself as the events have made it, and as `leaf show` gives it. */
export const LeafRow = z.object({
  leafId: describe(z.string().nullable(), 'null: it has no event yet'),
  storeId: describe(z.string().nullable(), 'UUID that tells two stores of one leaf id apart'),
  label: describe(z.string().nullable(), 'name that people see; null: it has none'),
  startedAt: describe(z.string().nullable(), 'ISO time when an agent last became active'),
  isStopped: describe(z.boolean(), 'its last agent ended in order, and none has begun since'),
  unrecorded: describe(
    z.object({from: z.string(), to: z.string()}).nullable(),
    'ISO times between which nothing was recorded before this start',
  ),
  sequence: rowFields.sequence,
  fields: rowFields.fields,
});
export type LeafRow = Readonly<z.infer<typeof LeafRow>>;

/** One thing that needs somebody. */
const AttentionPlace = z.object({kind: z.enum(['port', 'role', 'events']), id: z.string()});

export const Attention = describe(
  z.object({
    level: z.enum(['fault', 'warning', 'note']),
    code: z.enum([
      'port-faulted',
      'port-quarantined',
      'role-without-device',
      'role-ambiguous',
      'role-link-astray',
      'change-on-trial',
      'ambiguous',
      'unrecorded',
      'newer-event',
      'projection-stopped',
      'unreadable',
      'store-damaged',
    ]),
    message: describe(z.string(), 'one line for people'),
    target: describe(AttentionPlace, 'what it is about'),
    mend: describe(AttentionPlace.optional(), 'where it is mended, if not there'),
    since: describe(z.string().nullable(), 'ISO time; null: not known'),
  }),
  {id: 'Attention', description: 'one thing that needs somebody'},
);
export type Attention = ReadOnly<z.infer<typeof Attention>>;

/** How the leaf is, as `status` gives it. */
export const StatusRow = z.object({
  leaf: describe(z.string().nullable(), 'leaf id'),
  label: describe(z.string().nullable(), 'name that people see'),
  startedAt: describe(z.string().nullable(), 'ISO time when an agent last became active'),
  attention: describe(z.array(Attention), 'worst first, then newest first'),
  ports: z.object({
    present: describe(z.number(), 'how many hold something'),
    absent: describe(z.number(), 'how many are empty'),
    disabled: describe(z.number(), 'how many are switched off'),
  }),
  roles: describe(z.number(), 'how many are bound'),
  containers: describe(z.number().nullable(), 'how many run; null: they cannot be seen'),
  events: describe(z.number(), 'how many are stored'),
  unreadable: describe(z.number(), 'messages of the store that cannot be read'),
  lastSeen: describe(z.string().nullable(), 'ISO time of the newest event'),
  limit: describe(z.string().nullable(), 'what the agent cannot see, and the remedy'),
  host: describe(HostMetrics.nullable(), 'null: not read yet'),
  sequence: describe(z.number(), 'of the newest event this row knows of'),
});
export type StatusRow = ReadOnly<z.infer<typeof StatusRow>>;
