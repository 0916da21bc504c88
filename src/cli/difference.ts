import type {LeafClient} from '#client/leaf-client.ts';

import {demandMoment, type Moment} from './moment.ts';
import {tableLines} from './table.ts';
import {EXIT, type Invocation, type Verb, type VerbOption, withLeaf} from './verb.ts';

export const DIFF_OPTION: VerbOption = {
  name: 'diff',
  value: 'MOMENT',
  summary: 'what differs from then to --at, or to now',
};

/** One difference between two moments. A thing that came or went has no field. */
export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly noun: string;
  readonly id: string;
  readonly title: string;
  readonly field: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

type Row = Readonly<Record<string, unknown>>;

/** What is compared, and by which field each row is known. */
const VIEWS = [
  {noun: 'leaf', verb: 'show', key: 'leafId'},
  {noun: 'port', verb: 'list', key: 'id'},
  {noun: 'device', verb: 'list', key: 'id'},
  {noun: 'role', verb: 'list', key: 'id'},
] as const;

/** Told of the events themselves, or read live: no difference of the state. */
const LEFT_OUT: ReadonlySet<string> = new Set(['sequence', 'fields', 'since', 'user', 'device']);

export const eventDiff: Verb = {
  path: ['event', 'diff'],
  summary: 'what differs between two moments',
  words: [{name: 'FROM'}, {name: 'TO', isOptional: true}],
  options: [],
  run: (invocation) =>
    withLeaf(invocation, (leaf) => {
      const [from = '', to] = invocation.args.words;
      return printDifference(invocation, leaf, from, to);
    }),
};

/** Prints what differs; exit 0 also when nothing does. @throws CimError as `LeafClient.query` */
export async function printDifference(
  {world, globals}: Invocation,
  {client}: {readonly client: LeafClient},
  from: string,
  to: string | undefined,
): Promise<number> {
  const nowMs = world.now();
  const early = demandMoment(from, nowMs);
  const late = to === undefined ? undefined : demandMoment(to, nowMs);
  const differences = await readDifferences(client, early, late);
  if (globals.json) {
    for (const difference of differences) {
      world.out(JSON.stringify(difference));
    }
    return EXIT.done;
  }
  if (differences.length === 0) {
    world.err('nothing differs');
    return EXIT.done;
  }
  const cells = differences.map(({kind, noun, title, field, before, after}) => [
    SIGNS[kind],
    noun,
    title,
    field ?? '',
    kind === 'changed' ? `${word(before)} → ${word(after)}` : kind,
  ]);
  for (const line of tableLines(['', 'WHAT', 'WHICH', 'FIELD', 'CHANGE'], cells)) {
    world.out(line);
  }
  return EXIT.done;
}

const SIGNS = {added: '+', removed: '-', changed: '~'} as const;

const word = (value: unknown): string =>
  value === null || value === undefined || value === ''
    ? '-'
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

async function readDifferences(
  client: LeafClient,
  early: Moment,
  late: Moment | undefined,
): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  for (const {noun, verb, key} of VIEWS) {
    const before = await client.query(noun, verb, {at: early});
    const after = await client.query(noun, verb, late === undefined ? {} : {at: late});
    found.push(...compareRows({noun, key}, before.rows as Row[], after.rows as Row[]));
  }
  return found;
}

/** Things of one kind at two moments, in order of id. */
export function compareRows(
  {noun, key}: {readonly noun: string; readonly key: string},
  before: readonly Row[],
  after: readonly Row[],
): readonly Difference[] {
  const byId = (rows: readonly Row[]) => new Map(rows.map((row) => [String(row[key]), row]));
  const [early, late] = [byId(before), byId(after)];
  return [...new Set([...early.keys(), ...late.keys()])]
    .sort()
    .flatMap((id): readonly Difference[] => {
      const [was, is] = [early.get(id), late.get(id)];
      const common = {noun, id, title: titleOf(is ?? was, id)};
      if (was === undefined || is === undefined) {
        const kind = was === undefined ? ('added' as const) : ('removed' as const);
        return [{...common, kind, field: null, before: was ?? null, after: is ?? null}];
      }
      return Object.keys({...was, ...is})
        .filter((field) => !LEFT_OUT.has(field) && !isSame(was[field], is[field]))
        .map((field) => ({
          ...common,
          kind: 'changed' as const,
          field,
          before: was[field] ?? null,
          after: is[field] ?? null,
        }));
    });
}

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

const titleOf = (row: Row | undefined, id: string): string => {
  const title = row?.label ?? row?.name;
  return typeof title === 'string' ? title : id;
};
