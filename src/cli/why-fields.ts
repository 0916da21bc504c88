import {z} from 'zod';

import type {LeafClient} from '#client/leaf-client.ts';
import type {ErrorCode} from '#domain/errors.ts';
import type {LiveReading} from '#domain/live-source.ts';
import {PortUser} from '#domain/port/user.ts';
import {SINCE_FIELDS} from '#domain/since.ts';

import {readRows} from './rows.ts';

/** Where a field's value is from: events by their sequences, or a reading that is not stored. */
export type FieldSource =
  | {readonly kind: 'events'; readonly sequences: readonly number[]}
  | {readonly kind: 'live'; readonly reading: LiveReading; readonly seenAt: string | null};

/** One field of a thing as it is now. */
export interface Field {
  readonly name: string;
  readonly value: unknown;
  readonly source: FieldSource;
}

/** A thing that can be asked about. */
export interface Thing {
  readonly id: string;
  readonly title: string;
  readonly fields: readonly Field[];
}

/** What can be asked about, how it is found, and the code where it is not there. */
export interface Noun {
  readonly view: string;
  readonly verb: string;
  readonly unknown: ErrorCode;
  thing(row: Row, client: LeafClient): Promise<Thing>;
}

/** A row of any of these views: who it is, and which event set each of its fields. */
export const Row = z.looseObject({
  id: z.string().optional(),
  leafId: z.string().nullable().optional(),
  name: z.string().optional(),
  label: z.string().nullable().optional(),
  fields: z.record(z.string(), z.number()),
});
export type Row = z.infer<typeof Row>;

const PortRow = Row.extend({
  user: PortUser,
  device: z.looseObject({id: z.string()}).nullable(),
  role: z.string().nullable(),
  roles: z.array(z.string()),
});

const events = (...sequences: readonly (number | undefined)[]): FieldSource => ({
  kind: 'events',
  sequences: [...new Set(sequences.filter((sequence) => sequence !== undefined))],
});

/** Where its `since` is from. */
const newestOf = ({fields}: Row, aggregate: keyof typeof SINCE_FIELDS): FieldSource => {
  const sequences = SINCE_FIELDS[aggregate].flatMap((name) => fields[name] ?? []);
  return sequences.length === 0 ? events() : events(Math.max(...sequences));
};

const storedFields = (row: Row): readonly Field[] =>
  Object.entries(row.fields).map(([name, sequence]) => ({
    name,
    value: row[name] ?? null,
    source: events(sequence),
  }));

const titleOf = ({label, name, id = ''}: Row): string => label ?? name ?? id;

/** Everything that `event why` knows of. */
export const NOUNS: Readonly<Record<string, Noun>> = {
  port: {view: 'port', verb: 'list', unknown: 'unknown-port', thing: portThing},
  device: {
    view: 'device',
    verb: 'list',
    unknown: 'unknown-device',
    async thing(row) {
      const identity = {kind: row.identity, value: row.identityValue};
      const since = {name: 'since', value: row.since, source: newestOf(row, 'device')};
      return {
        id: row.id ?? '',
        title: titleOf(row),
        fields: [...storedFields({...row, identity}), since],
      };
    },
  },
  role: {
    view: 'role',
    verb: 'list',
    unknown: 'unknown-role',
    async thing(row) {
      const since = {name: 'since', value: row.since, source: newestOf(row, 'role')};
      return {id: row.id ?? '', title: titleOf(row), fields: [...storedFields(row), since]};
    },
  },
  leaf: {
    view: 'leaf',
    verb: 'show',
    unknown: 'unknown-leaf',
    async thing(row) {
      const id = row.leafId ?? '';
      const {label = null} = row;
      const unset = {name: 'label', value: label, source: events()};
      const isSet = Object.hasOwn(row.fields, 'label');
      return {
        id,
        title: label ?? id,
        fields: [...storedFields(row), ...(isSet ? [] : [unset])],
      };
    },
  },
};

/** A port shows what its unit, its roles and its user make of it, too. */
async function portThing(row: Row, client: LeafClient): Promise<Thing> {
  const port = PortRow.parse(row);
  const {fields, device, roles, user} = port;
  const unit =
    device === null ? [] : (await client.query('device', 'list', {target: device.id})).rows;
  const [{fields: unitFields} = {fields}] = readRows(Row, unit);
  const all = roles.length === 0 ? [] : (await client.query('role', 'list')).rows;
  const leading = readRows(Row, all).filter(({id = ''}) => roles.includes(id));
  const stored = storedFields({...port, deviceId: device?.id ?? null}).map((field) =>
    // What it does is the union of what its unit's functions do.
    field.name === 'direction'
      ? {...field, source: events(unitFields.functions ?? fields.direction)}
      : field,
  );
  const since = newestOf(port, 'port');
  const bound = leading.map((role) => role.fields.target);
  const used = [user.kind, user.name].filter((word) => word !== null).join(' ');
  return {
    id: port.id ?? '',
    title: titleOf(port),
    fields: [
      ...stored,
      {name: 'since', value: port.since, source: since},
      {name: 'role', value: roles.join(', ') || null, source: events(...bound)},
      {name: 'user', value: used, source: {kind: 'live', reading: 'user', seenAt: user.seenAt}},
    ],
  };
}
