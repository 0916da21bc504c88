import {z} from 'zod';

import {CimError} from '#domain/errors.ts';
import {LIVE_SCHEMAS} from '#domain/live.ts';
import {QUERY_DESCRIPTORS} from '#domain/queries.ts';
import {Snapshot} from '#domain/snapshot.ts';

import type {CommandOptions, FollowOptions, Leaf, QueryOptions} from './leaf.ts';
import type {LeafClient} from './leaf-client.ts';
import type {Commands, Live, Rows, State} from './messages.d.mts';

/** A client with the types of all messages, for programs. `close` ends what is under it. */
export function createTypedLeaf(client: LeafClient, close: () => Promise<void>): Leaf {
  const closing = new AbortController();
  return {
    id: client.leafId,
    actor: client.actor,
    command: <Name extends keyof Commands>(
      name: Name,
      target: string,
      data: Commands[Name],
      options: CommandOptions = {},
    ) => client.send({...partsOf(name), target, data: {...data}, ...options}),
    query: (name, options = {}) => query(client, name, options),
    async state(at) {
      const {sequence, content} = await client.snapshot(at);
      if (!isState(content)) {
        throw new CimError('nats-failed', 'state: the answer has another shape');
      }
      return {sequence, state: content};
    },
    follow: ({from, signal}: FollowOptions) => {
      const signals = [closing.signal, ...(signal === undefined ? [] : [signal])];
      return client.events.follow({from, signal: AbortSignal.any(signals)});
    },
    message: (sequence) => client.readEvent(sequence),
    onLive: (kind, listener) =>
      client.onLive(kind, (value) => {
        if (isLive(kind, value)) {
          listener(value);
        }
      }),
    services: () => client.services(),
    close() {
      closing.abort();
      return close();
    },
  };
}

async function query<Name extends keyof Rows>(
  client: LeafClient,
  name: Name,
  options: QueryOptions,
) {
  const {aggregate, verb} = partsOf(name);
  const {sequence, time, rows} = await client.query(aggregate, verb, {...options});
  if (!isRows(name, rows)) {
    throw new CimError('nats-failed', `query ${name}: the answer has another shape`);
  }
  return {sequence, time, rows};
}

function partsOf(name: string): {readonly aggregate: string; readonly verb: string} {
  const [aggregate = '', verb = ''] = name.split('.');
  return {aggregate, verb};
}

// What fits is handed on as it came: a newer agent's rows have more fields than are known here.

const ROW_SCHEMAS = new Map<string, z.ZodType>(
  QUERY_DESCRIPTORS.map(({view, verb, row}) => [`${view}.${verb}`, z.array(row)]),
);

const isRows = <Name extends keyof Rows>(
  name: Name,
  rows: readonly unknown[],
): rows is readonly Rows[Name][] => ROW_SCHEMAS.get(name)?.safeParse(rows).success === true;

const isState = (content: unknown): content is State => Snapshot.safeParse(content).success;

const isLive = <Kind extends keyof Live>(kind: Kind, value: unknown): value is Live[Kind] =>
  LIVE_SCHEMAS[kind].safeParse(value).success;
