import {afterAll, beforeAll, describe, expect, it} from 'vitest';

import {type ConsolePty, openConsolePty, serveMadeUp} from '#test/support/console-pty.ts';
import {SHARED_NAME} from '#test/support/made-up-machine.ts';
import {connectPlainly, type PlainProgram} from '#test/support/plain-request.ts';
import type {LeafHome} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

type Json = Readonly<Record<string, unknown>>;

const LONG = 'x'.repeat(41);
const ERASE_LINE = '\u0015';

let leaf: LeafHome;
let program: PlainProgram;
let screen: ConsolePty;

beforeAll(async () => {
  leaf = await serveMadeUp();
  program = await connectPlainly(leaf);
  screen = await openConsolePty({leaf});
  screen.press('2');
  await screen.shows(/^»\+ ttyA0 /);
});

afterAll(async () => {
  await screen?.end();
  await program?.close();
  await leaf?.stop();
});

const lastEvent = async (): Promise<Json> => (await leaf.json('event', 'list')).at(-1) ?? {};

/** Types into the line that a key opens. */
async function type(key: string, text: string): Promise<void> {
  screen.press(key);
  await screen.shows(key === 'e' ? 'Label of' : 'Role of');
  screen.press(`${ERASE_LINE}${text}\r`);
}

async function cli(...words: readonly string[]): Promise<Json> {
  const {code, stdout, stderr} = await leaf.cli(...words, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

/** An event without what is its own: ids, time, place, how and in which words the wish came in. */
function common(event: Json): Json {
  const own =
    /^(id|time|sequence|correlationid|causationid|causationsequence|commanddigest|channel|origin.*)$/;
  return Object.fromEntries(Object.entries(event).filter(([name]) => !own.test(name)));
}

/** One wish, three ways; `before` undoes what the way before has done. */
interface ThreeWays {
  readonly wish: string;
  readonly type: string;
  before(): Promise<unknown>;
  byKey(): Promise<unknown>;
  byCli(): Promise<unknown>;
  byNats(): Promise<unknown>;
}

const WISHES: readonly ThreeWays[] = [
  {
    wish: 'a label',
    type: 'cim.port.labelled.v1',
    before: () => leaf.cli('port', 'label', 'serial-pnp0501-1', '--clear'),
    byKey: () => type('e', 'gate 1'),
    byCli: () => cli('port', 'label', 'ttyA0', 'gate 1'),
    byNats: () => program.wish('port', 'label', {target: 'ttyA0', data: {label: 'gate 1'}}),
  },
  {
    wish: 'a role',
    type: 'cim.role.bound.v1',
    before: () => leaf.cli('role', 'unbind', 'scale', '--yes'),
    byKey: () => type('r', 'scale'),
    byCli: () => cli('role', 'bind', 'scale', '--port', 'gate 1'),
    byNats: () => program.wish('role', 'bind', {target: 'scale', data: {port: 'gate 1'}}),
  },
  {
    wish: 'an undo',
    type: 'cim.leaf.labelled.v1',
    before: async () => {
      const {sequence} = await cli('leaf', 'label', 'cabinet');
      screen.press('4G');
      await screen.shows(new RegExp(`^».* ${sequence} +leaf`));
    },
    async byKey() {
      screen.press('U');
      await screen.asks('UNDO EVENT');
      screen.press('\t\r');
    },
    byCli: async () => cli('event', 'undo', String((await lastEvent()).sequence), '--yes'),
    byNats: async () =>
      program.wish('event', 'undo', {target: String((await lastEvent()).sequence), data: {}}),
  },
];

describe.each(WISHES)('$wish by key, by command and by NATS', (three) => {
  it('leaves the same event but for channel and origin', async () => {
    const events: Json[] = [];
    for (const way of ['byKey', 'byCli', 'byNats'] as const) {
      await three.before();
      const {sequence: before} = await lastEvent();
      await three[way]();
      const event = await until(lastEvent, ({sequence}) => sequence !== before);
      expect(event).toMatchObject({type: three.type, sequence: Number(before) + 1});
      events.push(event);
    }
    const [key, command, nats] = events;
    const place = {originkind: 'tty', originuid: String(process.getuid?.())};
    expect(key).toMatchObject({channel: 'console', ...place});
    expect(command).toMatchObject({channel: 'cli', ...place});
    expect(nats).toMatchObject({channel: 'nats'});
    expect(Object.keys(nats ?? {}).filter((name) => name.startsWith('origin'))).toEqual([]);
    expect(common(command ?? {})).toEqual(common(key ?? {}));
    expect(common(nats ?? {})).toEqual(common(key ?? {}));
  });
});

interface Refused {
  readonly code: string;
  readonly words: readonly string[];
  readonly request: readonly [string, string, object];
}

const label = (target: string, text: string, seen?: number): Refused['request'] => [
  'port',
  'label',
  {target, data: {label: text}, ...(seen === undefined ? {} : {seen})},
];

const REFUSED: readonly Refused[] = [
  {code: 'unknown-port', words: ['port', 'label', 'ttyZ', 'x'], request: label('ttyZ', 'x')},
  {
    code: 'ambiguous-target',
    words: ['port', 'label', SHARED_NAME, 'x'],
    request: label(SHARED_NAME, 'x'),
  },
  {
    code: 'label-taken',
    words: ['port', 'label', 'ttyA1', 'taken'],
    request: label('ttyA1', 'taken'),
  },
  {
    code: 'changed-meanwhile',
    words: ['port', 'label', 'taken', 'x', '--seen', '1'],
    request: label('taken', 'x', 1),
  },
  {code: 'too-long', words: ['port', 'label', 'ttyA1', LONG], request: label('ttyA1', LONG)},
  {
    code: 'control-characters',
    words: ['port', 'label', 'ttyA1', 'a\u0007b'],
    request: label('ttyA1', 'a\u0007b'),
  },
  {
    code: 'role-held',
    words: ['role', 'bind', 'held', '--port', 'ttyA1'],
    request: ['role', 'bind', {target: 'held', data: {port: 'ttyA1'}}],
  },
  {
    code: 'unknown-role',
    words: ['role', 'unbind', 'nothing', '--yes'],
    request: ['role', 'unbind', {target: 'nothing', data: {}}],
  },
];

describe('what is refused', () => {
  let before: Json;

  beforeAll(async () => {
    await cli('port', 'label', 'ttyA2', 'taken');
    await cli('role', 'bind', 'held', '--port', 'taken');
    before = await lastEvent();
  });

  it.each(REFUSED)(
    '$code, by command and by NATS, in the same words',
    async ({code, words, request}) => {
      const byNats = await program.wish(...request);
      expect(byNats.body).toMatchObject({ok: false, code});
      expect(byNats.code).toBe(code);
      const {message, remedy} = byNats.body;
      expect(message).toContain(byNats.error);
      const byCli = await leaf.cli(...words, '--json');
      expect(byCli.code).toBe(3);
      expect(JSON.parse(byCli.stdout)).toMatchObject({ok: false, code, message, remedy});
      expect(byCli.stderr).toBe(`cim-tui: refused (${code}): ${message}; ${remedy}\n`);
    },
  );

  it('has left no event', async () => {
    expect(await lastEvent()).toEqual(before);
  });

  it.each([
    ['label-taken', 'taken', 'another port bears this label already'],
    ['too-long', LONG, 'a label has at most 40 characters'],
  ])('%s, by key', async (_, text, sentence) => {
    screen.press('2g');
    await type('e', text);
    await screen.shows(sentence);
    expect(await lastEvent()).toEqual(before);
  });

  it('a label that somebody else has set while the line was open', async () => {
    screen.press('2g');
    screen.press('e');
    await screen.shows('Label of');
    const {sequence} = await cli('port', 'label', 'gate 1', 'gate 2');
    await screen.shows(/^». gate 2/);
    screen.press(`${ERASE_LINE}gate 3\r`);
    await screen.shows('it was changed after you last saw it');
    expect(await lastEvent()).toMatchObject({sequence, data: {label: 'gate 2'}});
  });

  it('a role that is held elsewhere: the console asks whether to move it', async () => {
    screen.press('2g');
    await type('r', 'held');
    await screen.asks('MOVE ROLE HELD HERE?');
    screen.press('\u001b');
    await screen.hides('MOVE ROLE');
    expect((await leaf.json('port', 'show', 'taken'))[0]).toMatchObject({role: 'held'});
    await type('r', 'held');
    await screen.asks('MOVE ROLE HELD HERE?');
    screen.press('\t\r');
    await screen.shows(/^».* gate 2 .* held\+scale/);
  });
});
