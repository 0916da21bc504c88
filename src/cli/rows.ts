import {z} from 'zod';

import {CimError} from '#domain/errors.ts';
import {matchesFilter, parseFilter} from '#domain/filter.ts';
import {JobOutcome, JobResult} from '#domain/job/events.ts';
import {JobProgress} from '#domain/job/progress.ts';
import {PortKind, PortPresence} from '#domain/port/events.ts';
import {PortSettings, PortSettingsChange} from '#domain/port/settings.ts';
import {PortUser} from '#domain/port/user.ts';

// Of a row of the wire, what a text needs, and the rest as it came: the agent may be newer. The whole
// rows are described in domain; they would cost each command 10 ms at its start, so a test holds the
// two against each other.

/** What the text of `port list` needs of a row; JSON is passed on whole. */
export const PortRowText = z.looseObject({
  id: z.string(),
  /** How deep in the tree, where one is printed. */
  depth: z.number().optional(),
  name: z.string(),
  label: z.string().nullable(),
  kind: PortKind,
  class: z.string(),
  direction: z.string(),
  role: z.string().nullable(),
  /** An older leaf tells of the first only. */
  roles: z.array(z.string()).optional(),
  parent: z.string().nullable(),
  position: z.string(),
  state: PortPresence,
  link: z.string().nullable(),
  user: PortUser,
  since: z.string(),
  /** An older leaf has none. */
  wanted: PortSettings.optional(),
  change: z.looseObject({change: PortSettingsChange, deadline: z.string().nullable()}).nullish(),
  device: z
    .looseObject({
      id: z.string(),
      name: z.string(),
      ambiguous: z.boolean(),
      nodes: z.array(z.string()),
      // A device of an older leaf may lack what follows.
      serial: z.string().nullish(),
      identity: z.string().optional(),
      ids: z.string().nullish(),
      driver: z.string().nullish(),
      functions: z
        .array(
          z.looseObject({
            id: z.string(),
            class: z.string(),
            name: z.string(),
            role: z.string().nullable(),
            interface: z.string().nullable(),
            nodes: z.array(z.string()),
          }),
        )
        .optional(),
    })
    .nullable(),
});
export type PortRowText = z.infer<typeof PortRowText>;

export const DeviceRowText = z.looseObject({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  port: z.string().nullable(),
  ids: z.string().nullable(),
  serial: z.string().nullable(),
  since: z.string(),
});
export type DeviceRowText = z.infer<typeof DeviceRowText>;

export const RoleRowText = z.looseObject({
  id: z.string(),
  target: z.looseObject({
    kind: z.string(),
    portId: z.string().optional(),
    deviceId: z.string().optional(),
  }),
  selector: z.looseObject({class: z.string().nullable(), suffix: z.string().nullable()}),
  port: z.string().nullable(),
  since: z.string(),
  // An older agent tells neither.
  holder: z.string().optional(),
  links: z.array(z.looseObject({path: z.string(), state: z.string()})).optional(),
});
export type RoleRowText = z.infer<typeof RoleRowText>;

export const ContainerRowText = z.looseObject({
  name: z.string(),
  state: z.string(),
  unit: z.string().nullable(),
  address: z.string().nullable(),
  network: z.string(),
  leader: z.number().nullable(),
  since: z.string(),
});
export type ContainerRowText = z.infer<typeof ContainerRowText>;

export const JobRowText = z.looseObject({
  id: z.string(),
  command: z.string(),
  state: z.string(),
  actor: z.string().nullable(),
  outcome: JobOutcome.nullable(),
  reason: z.string().nullable(),
  result: JobResult.nullable(),
  progress: JobProgress.nullable(),
  since: z.string(),
});
export type JobRowText = z.infer<typeof JobRowText>;

/** Rows of an answer, read by a schema. @throws CimError `nats-failed` */
export function readRows<Schema extends z.ZodType>(
  schema: Schema,
  rows: readonly unknown[],
): readonly z.infer<Schema>[] {
  const read = z.array(schema).safeParse(rows);
  if (!read.success) {
    throw new CimError('nats-failed', 'read the answer: its rows have another shape', {
      cause: read.error,
    });
  }
  return read.data;
}

/** Rows that fit `--filter`, searched by the columns that are shown. */
export function filterRows<Row>(
  rows: readonly Row[],
  expression: string | undefined,
  columns: (row: Row) => Readonly<Record<string, string>>,
): readonly Row[] {
  if (expression === undefined) {
    return rows;
  }
  const filter = parseFilter(expression);
  return rows.filter((row) => matchesFilter(filter, columns(row)));
}
