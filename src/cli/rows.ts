import {z} from 'zod';

import {ContainerRow} from '#domain/container/row.ts';
import {DeviceRow} from '#domain/device/row.ts';
import {CimError} from '#domain/errors.ts';
import {matchesFilter, parseFilter} from '#domain/filter.ts';
import {PluggedDevice, PortRow} from '#domain/port/row.ts';
import {FunctionSelector} from '#domain/role/events.ts';
import {RoleRow} from '#domain/role/row.ts';

// Of a row of the wire, what a text needs, and the rest as it came: JSON is passed on whole. Where
// only the word itself is printed, any word will do: an agent may be newer than this command.

export const PortRowText = PortRow.pick({
  id: true,
  name: true,
  label: true,
  kind: true,
  class: true,
  role: true,
  parent: true,
  position: true,
  state: true,
  user: true,
  since: true,
})
  .extend({
    direction: z.string(),
    link: z.string().nullable(),
    device: PluggedDevice.pick({id: true, name: true, ambiguous: true, nodes: true})
      .loose()
      .nullable(),
    /** How deep in the tree, where one is printed. */
    depth: z.number().optional(),
  })
  .loose();
export type PortRowText = z.infer<typeof PortRowText>;

export const DeviceRowText = DeviceRow.pick({
  id: true,
  name: true,
  port: true,
  ids: true,
  serial: true,
  since: true,
})
  .extend({state: z.string()})
  .loose();
export type DeviceRowText = z.infer<typeof DeviceRowText>;

export const RoleRowText = RoleRow.pick({id: true, port: true, since: true})
  .extend({
    target: z.looseObject({
      kind: z.string(),
      portId: z.string().optional(),
      deviceId: z.string().optional(),
    }),
    selector: FunctionSelector.loose(),
  })
  .loose();
export type RoleRowText = z.infer<typeof RoleRowText>;

export const ContainerRowText = ContainerRow.pick({
  name: true,
  unit: true,
  address: true,
  leader: true,
  since: true,
})
  .extend({state: z.string(), network: z.string()})
  .loose();
export type ContainerRowText = z.infer<typeof ContainerRowText>;

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
