import stringWidth from 'string-width';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';

import {type ConsolePty, openConsolePty, serveLeaf} from '#test/support/console-pty.ts';
import {differences, PORT_TITLES, type PortJson, type Shown} from '#test/support/port-cells.ts';
import {readTable} from '#test/support/screen-table.ts';
import {isStage, type LeafHome} from '#test/support/stage.ts';

interface Terminal {
  readonly name: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly shown: Shown;
  /** What else holds of every byte written. */
  check?(output: string): void;
}

const asItIs: Shown = {ellipsis: '…', text: (text) => text};
const upTo = (last: string): Shown => ({
  ellipsis: '~',
  text: (text) =>
    [...text].map((point) => (point > last ? '?'.repeat(stringWidth(point)) : point)).join(''),
});

/** What the 16-pixel console fonts have beside Latin-1. */
const ON_THE_LINUX_CONSOLE = '─│┌┐└┘├┤┬┴┼█░▒·»↑↓→←';

/** Characters beyond this one that were written. */
const beyond = (output: string, last: string): readonly string[] =>
  [...new Set(output)].filter((point) => point > last);

/** The colour and style codes that were written. */
const codesOf = (output: string): ReadonlySet<string> =>
  new Set(
    output.split('\u001b[').flatMap((part) => /^([\d;]*)m/.exec(part)?.[1]?.split(';') ?? []),
  );

const TERMINALS: readonly Terminal[] = [
  {name: '80×24', shown: asItIs},
  {name: '120×40', columns: 120, rows: 40, shown: asItIs},
  {
    name: 'TERM=linux',
    env: {TERM: 'linux'},
    shown: upTo('\u00ff'),
    check(output) {
      const rest = beyond(output, '\u00ff').filter(
        (point) => !ON_THE_LINUX_CONSOLE.includes(point),
      );
      expect(rest).toEqual([]);
      expect(codesOf(output)).not.toContain('38');
    },
  },
  {
    name: 'LANG=C',
    env: {LANG: 'C', LC_ALL: 'C'},
    shown: upTo('\u007f'),
    check: (output) => expect(beyond(output, '\u007f')).toEqual([]),
  },
  {
    name: 'NO_COLOR',
    env: {NO_COLOR: '1'},
    shown: asItIs,
    check(output) {
      const codes = codesOf(output);
      expect([...codes].filter((code) => !/^(|0|1|7|22|27)$/.test(code))).toEqual([]);
      expect(codes).toContain('7');
    },
  },
];

let leaf: LeafHome;

beforeAll(async () => {
  leaf = await serveLeaf();
  if (isStage(leaf)) {
    await leaf.ip('link', 'add', 'cimbr0', 'type', 'bridge');
    await leaf.ip('link', 'add', 'cimbr1', 'type', 'bridge');
  }
  const [first, second] = await leaf.json('port', 'list');
  await leaf.cli('port', 'label', String(first?.id), 'Tür 秤');
  await leaf.cli(
    'role',
    'bind',
    'a-role-with-a-long-name',
    '--port',
    String(second?.id ?? first?.id),
  );
});

afterAll(() => leaf?.stop());

/** The ages at the ends of rows go on. */
const ageless = (rows: readonly string[]): readonly string[] =>
  rows.slice(1).map((row) => row.replace(/ +(now|\d+ [smhd])$/, ''));

/** Ports as the command line gives them, in the order of the screen: real ones first. */
async function portsByCli(): Promise<readonly PortJson[]> {
  const rows = (await leaf.json('port', 'list')) as unknown as readonly PortJson[];
  return [
    ...rows.filter(({kind}) => kind !== 'virtual'),
    ...rows.filter(({kind}) => kind === 'virtual'),
  ];
}

async function expectPorts(screen: ConsolePty, shown: Shown): Promise<void> {
  const wanted = await portsByCli();
  const wrong = (rows: readonly string[]) =>
    differences(readTable(rows, PORT_TITLES), wanted, shown);
  await screen.shows(/PORT .*CLASS .*SINCE/);
  await screen
    .waitFor((rows) => wrong(rows).length === 0)
    .catch(() => expect(wrong(screen.rows())).toEqual([]));
}

describe.each(TERMINALS)('at $name', ({columns, rows, env, shown, check}) => {
  it('shows the ports as `port list --json` gives them in the same run', async () => {
    const screen = await openConsolePty({
      leaf,
      ...(columns === undefined ? {} : {columns}),
      ...(rows === undefined ? {} : {rows}),
      ...(env === undefined ? {} : {env}),
    });
    try {
      screen.press('2');
      await expectPorts(screen, shown);
      for (const key of ['1', '4', '5', 'h']) {
        screen.press(key);
      }
      await screen.shows('HELP');
      check?.(screen.output());
    } finally {
      await screen.end();
    }
  });
});

it('draws itself anew for each size, with nothing left of the size before', async () => {
  const screen = await openConsolePty({leaf});
  try {
    screen.press('2');
    await expectPorts(screen, asItIs);
    const before = ageless(screen.rows());
    screen.resize(120, 40);
    await screen.waitFor((rows) => rows[0]?.length === 119, {what: 'a header of 120 columns'});
    await expectPorts(screen, asItIs);
    expect(readTable(screen.rows(), PORT_TITLES).widths.DEVICE).toBeGreaterThan(16);
    expect(screen.rows().slice(38)).toEqual([expect.stringContaining('Enter detail'), '']);
    screen.resize(80, 24);
    await screen.waitFor((rows) => ageless(rows).join('\n') === before.join('\n'), {
      what: `the screen as it was:\n${before.join('\n')}`,
    });
  } finally {
    await screen.end();
  }
});
