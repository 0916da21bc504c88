import {settingsWords} from '#domain/port/settings.ts';
import {portTree} from '#domain/port/tree.ts';
import {asWhom, type UsingProcess} from '#domain/port/user.ts';
import {isHiddenByDefault} from '#domain/port/visibility.ts';
import {bindRole} from '#domain/role/commands.ts';

import {printRefusal} from './answer.ts';
import {sendWish} from './command-verbs.ts';
import {AT_OPTION, readView} from './moment.ts';
import {portWatch} from './port-watch.ts';
import {classText, describePort, deviceText, isOfClass, rolesText} from './port-words.ts';
import {filterRows, PortRowText, readRows} from './rows.ts';
import {ageWord, tableLines} from './table.ts';
import {EXIT, type Invocation, type Verb, withLeaf} from './verb.ts';

const HEADS = ['PORT', 'CLASS', 'IO', 'DEVICE', 'ROLE', 'USED BY', 'STATE', 'SINCE', 'ID'] as const;

const list: Verb = {
  path: ['port', 'list'],
  summary: 'every port, and what is in it',
  words: [],
  options: [
    {name: 'class', value: 'CLASS', summary: 'only ports of this class'},
    {name: 'all', summary: 'also built-in and virtual ones that are of no known class'},
    {name: 'tree', summary: 'sockets below the hub or bridge they belong to'},
    AT_OPTION,
  ],
  run: (invocation) =>
    withLeaf(invocation, async (leaf) => {
      const {globals, args} = invocation;
      const {rows, nowMs} = await readView(invocation, leaf, ['port', 'list']);
      const {class: wanted, all, tree} = args.options;
      const ports = readRows(PortRowText, rows).filter(
        (row) =>
          (wanted === undefined || isOfClass(row, wanted)) &&
          (all === true || !isHiddenByDefault(row)),
      );
      const shown = filterRows(ports, globals.filter, columnsOf);
      printPorts(
        invocation,
        tree === true ? portTree(shown).map(({row, depth}) => ({...row, depth})) : shown,
        nowMs,
      );
      return EXIT.done;
    }),
};

const show: Verb = {
  path: ['port', 'show'],
  summary: 'one port with its device, functions and user',
  words: [{name: 'PORT'}],
  options: [AT_OPTION],
  run: (invocation) =>
    withLeaf(invocation, async (leaf) => {
      const [target = ''] = invocation.args.words;
      const {rows, nowMs} = await readView(invocation, leaf, ['port', 'list'], {target});
      const [row, second] = readRows(PortRowText, rows);
      if (row === undefined) {
        return printRefusal(invocation, {refused: 'unknown-port', detail: target});
      }
      if (second !== undefined) {
        const ids = readRows(PortRowText, rows).map(({id}) => id);
        return printRefusal(invocation, {refused: 'ambiguous-target', detail: ids.join(', ')});
      }
      printPort(invocation, row, nowMs);
      return EXIT.done;
    }),
};

const role: Verb = {
  path: ['port', 'role'],
  summary: 'let a role follow a port (role bind)',
  words: [{name: 'PORT'}, {name: 'ROLE'}],
  options: [
    {name: 'class', value: 'CLASS', summary: 'only functions of this class'},
    {name: 'move', summary: 'take it from where it is bound now'},
  ],
  run: (invocation) => {
    const [port = '', name = ''] = invocation.args.words;
    const {class: wanted, move} = invocation.args.options;
    const data = {
      port,
      ...(wanted === undefined ? {} : {class: wanted}),
      ...(move === undefined ? {} : {move}),
    };
    const what = `role ${name} follows ${port}`;
    return sendWish(invocation, {command: bindRole, target: name, data, what});
  },
};

/** `port` verbs that only look, and `port role`; the wishes are made from their descriptors. */
export const PORT_VERBS: readonly Verb[] = [list, show, portWatch, role];

function columnsOf(row: PortRowText): Readonly<Record<string, string>> {
  return {
    port: `${row.label ?? ''} ${row.name}`,
    class: `${row.class} ${classText(row)}`,
    io: row.direction,
    device: row.device?.name ?? '',
    role: rolesText(row),
    user: row.user.name ?? row.user.kind,
    state: row.state,
    link: row.link ?? '',
    id: row.id,
    kind: row.kind,
    node: row.device?.nodes.join(' ') ?? '',
  };
}

function printPorts(
  {world, globals}: Invocation,
  rows: readonly PortRowText[],
  nowMs: number,
): void {
  if (globals.json) {
    for (const row of rows) {
      world.out(JSON.stringify(row));
    }
    return;
  }
  if (rows.length === 0) {
    world.err('no port fits; try without --filter and --class, or with --all');
    return;
  }
  const lines = tableLines(
    HEADS,
    rows.map((row) => [
      `${'  '.repeat(row.depth ?? 0)}${row.label ?? row.name}`,
      classText(row),
      row.direction,
      deviceText(row),
      rolesText(row),
      [row.user.kind, row.user.name].filter((word) => word !== null).join(' '),
      row.link === null ? row.state : `${row.state}, link ${row.link}`,
      ageWord(row.since, nowMs),
      row.id,
    ]),
  );
  for (const line of lines) {
    world.out(line);
  }
}

function printPort({world, globals}: Invocation, row: PortRowText, nowMs: number): void {
  if (globals.json) {
    world.out(JSON.stringify(row));
    return;
  }
  const lines = [
    ['port', `${row.label ?? row.name} (${row.id})`],
    ['position', row.position],
    ['class', `${row.class}, ${row.direction}, ${row.kind}`],
    ['state', `${describePort(row)}, for ${ageWord(row.since, nowMs)}`],
    ...setLines(row),
    ['role', rolesText(row)],
    ...deviceLines(row),
    ['used by', usedBy(row)],
    ...row.user.processes.map(processLine),
  ] as const;
  for (const [name, value] of lines) {
    world.out(`${name.padEnd(10)}${value}`);
  }
}

type Field = readonly [name: string, value: string];

/** What the unit is known by, and each function with what it is reached by. */
function deviceLines({device}: PortRowText): readonly Field[] {
  if (device === null) {
    return [];
  }
  const {identity, serial, ids, driver, functions = []} = device;
  const proof = [identity, serial].filter((word) => typeof word === 'string').join(' ');
  return [
    ['device', device.id],
    ['known by', proof === '' ? '-' : proof],
    ['ids', ids ?? '-'],
    ['driver', driver ?? '-'],
    ...functions.map((item): Field => {
      const reached = [item.interface, ...item.nodes].filter((word) => word !== null);
      const role = item.role === null ? [] : [`role ${item.role}`];
      return ['function', [item.class, item.id, item.name, ...reached, ...role].join('  ')];
    }),
  ];
}

const processLine = (process: UsingProcess): Field => {
  const {pid, name, unit} = process;
  return ['', [`${name} ${pid}`, asWhom(process), unit].filter((word) => word !== null).join('  ')];
};

/** What was set of it, and what is on trial. */
function setLines({wanted = {}, change = null}: PortRowText): readonly Field[] {
  const set = settingsWords(wanted);
  const until = change?.deadline ?? null;
  return [
    ...(set === '' ? [] : [['set', set] as const]),
    ...(change === null || until === null
      ? []
      : [
          [
            'on trial',
            `${settingsWords(change.change)}, comes back at ${until} unless confirmed`,
          ] as const,
        ]),
  ];
}

const MARKS = {boot: '# boot', route: '^ default route', mount: 'mounted'} as const;

const usedBy = ({user: {kind, name, marks}}: PortRowText): string =>
  [kind, name ?? '', ...marks.map((mark) => MARKS[mark])].filter((word) => word !== '').join(' ');
