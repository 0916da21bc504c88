import type {z} from 'zod';

import type {ErrorCode} from '#domain/errors.ts';
import {commandWords, endWords, progressWords} from '#domain/job/words.ts';

import {printRefusal} from './answer.ts';
import {AT_OPTION, readView} from './moment.ts';
import {
  ContainerRowText,
  DeviceRowText,
  filterRows,
  JobRowText,
  RoleRowText,
  readRows,
} from './rows.ts';
import {ageWord, tableLines} from './table.ts';
import {EXIT, type Invocation, type Verb, withLeaf} from './verb.ts';

interface ListShape<Row> {
  readonly noun: string;
  readonly schema: z.ZodType<Row>;
  readonly heads: readonly string[];
  readonly cells: (row: Row, nowMs: number) => readonly string[];
  /** What to say when there is none. */
  readonly empty: string;
  /** Why one that is not there cannot be shown. */
  readonly unknown: ErrorCode;
}

const DEVICES: ListShape<DeviceRowText> = {
  noun: 'device',
  schema: DeviceRowText,
  heads: ['DEVICE', 'NAME', 'IDS', 'SERIAL', 'PORT', 'STATE', 'SINCE'],
  cells: (row, nowMs) => [
    row.id,
    row.name,
    row.ids ?? '-',
    row.serial ?? '-',
    row.port ?? '-',
    row.state,
    ageWord(row.since, nowMs),
  ],
  empty: 'no device has been seen yet',
  unknown: 'unknown-device',
};

const ROLES: ListShape<RoleRowText> = {
  noun: 'role',
  schema: RoleRowText,
  heads: ['ROLE', 'FOLLOWS', 'CLASS', 'PORT NOW', 'REACHED BY', 'SINCE'],
  cells: (row, nowMs) => [
    row.id,
    `${row.target.kind} ${row.target.portId ?? row.target.deviceId ?? '-'}`,
    row.selector.class ?? 'any',
    row.port ?? '(no device)',
    reachedBy(row),
    ageWord(row.since, nowMs),
  ],
  empty: 'no role is bound; `cim-tui role bind ROLE --port PORT` binds one',
  unknown: 'unknown-role',
};

/** Its path; where there are several, their folder; what is not as it should be is said. */
function reachedBy({id, holder, links = []}: RoleRowText): string {
  const [first, ...others] = links;
  const wrong = links.find(({state}) => state !== 'right');
  if (first === undefined) {
    return holder === undefined || holder === 'held' ? '-' : `(${holder})`;
  }
  if (wrong !== undefined) {
    return `${wrong.path} (${wrong.state})`;
  }
  return others.length === 0 ? first.path : `/dev/cim/${id}/ (${links.length})`;
}

const CONTAINERS: ListShape<ContainerRowText> = {
  noun: 'container',
  schema: ContainerRowText,
  heads: ['NAME', 'STATE', 'UNIT', 'ADDRESS', 'LEADER', 'SINCE'],
  cells: (row, nowMs) => [
    row.name,
    row.state,
    row.unit ?? '-',
    row.address ?? (row.network === 'host' ? "(the host's)" : '-'),
    row.leader === null ? '-' : String(row.leader),
    ageWord(row.since, nowMs),
  ],
  empty: 'no container runs here; `machinectl start NAME` starts one',
  unknown: 'unknown-container',
};

const JOBS: ListShape<JobRowText> = {
  noun: 'job',
  schema: JobRowText,
  heads: ['JOB', 'WHAT', 'STATE', 'HOW FAR', 'BY', 'SINCE'],
  cells: (row, nowMs) => [
    row.id,
    commandWords(row.command),
    row.outcome ?? row.state,
    (row.progress === null ? endWords(row) : progressWords(row.progress)) || '-',
    row.actor ?? '-',
    ageWord(row.since, nowMs),
  ],
  empty: 'no job has been begun yet; `cim-tui event verify` is one',
  unknown: 'unknown-job',
};

/** Lists and single rows of devices, roles, containers and jobs. */
export const LIST_VERBS: readonly Verb[] = [
  listVerb(DEVICES),
  showVerb(DEVICES),
  listVerb(ROLES),
  showVerb(ROLES),
  listVerb(CONTAINERS),
  showVerb(CONTAINERS),
  listVerb(JOBS),
  showVerb(JOBS),
];

function listVerb<Row>(shape: ListShape<Row>): Verb {
  return {
    path: [shape.noun, 'list'],
    summary: `every ${shape.noun}`,
    words: [],
    options: [AT_OPTION],
    run: (invocation) =>
      withLeaf(invocation, async (leaf) => {
        const {rows, nowMs} = await readView(invocation, leaf, [shape.noun, 'list']);
        printList(invocation, shape, readRows(shape.schema, rows), nowMs);
        return EXIT.done;
      }),
  };
}

function showVerb<Row>(shape: ListShape<Row>): Verb {
  const word = shape.noun.toUpperCase();
  return {
    path: [shape.noun, 'show'],
    summary: `one ${shape.noun}, everything known of it`,
    words: [{name: word}],
    options: [AT_OPTION],
    run: (invocation) =>
      withLeaf(invocation, async (leaf) => {
        const {world, globals, args} = invocation;
        const [target = ''] = args.words;
        const {rows} = await readView(invocation, leaf, [shape.noun, 'list'], {target});
        const [row] = readRows(shape.schema, rows);
        if (row === undefined) {
          return printRefusal(invocation, {refused: shape.unknown, detail: target});
        }
        world.out(globals.json ? JSON.stringify(row) : JSON.stringify(row, null, 2));
        return EXIT.done;
      }),
  };
}

function printList<Row>(
  {world, globals}: Invocation,
  {heads, cells, empty}: ListShape<Row>,
  rows: readonly Row[],
  nowMs: number,
): void {
  const shown = filterRows(rows, globals.filter, (row) => {
    const texts = cells(row, nowMs);
    return Object.fromEntries(heads.map((head, index) => [head.toLowerCase(), texts[index] ?? '']));
  });
  if (globals.json) {
    for (const row of shown) {
      world.out(JSON.stringify(row));
    }
    return;
  }
  if (shown.length === 0) {
    world.err(rows.length === 0 ? empty : `0 of ${rows.length} match`);
    return;
  }
  for (const line of tableLines(
    heads,
    shown.map((row) => cells(row, nowMs)),
  )) {
    world.out(line);
  }
}
