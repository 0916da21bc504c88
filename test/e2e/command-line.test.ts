import {spawn} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';

import {serveMadeUp} from '#test/support/console-pty.ts';
import {CIM_TUI, type Ended, type LeafHome} from '#test/support/stage.ts';

let leaf: LeafHome;

beforeAll(async () => {
  leaf = await serveMadeUp();
});
afterAll(() => leaf?.stop());

/** One sentence for people, and nothing of how the program looks inside. */
function expectSentence({stderr}: Ended): void {
  expect(stderr).toMatch(/^cim-tui: [^\n]+\n$/);
  expect(stderr).not.toMatch(/\bat .*:\d+|node:|Error:|\.ts\b|\.mjs\b|\[object|undefined/);
}

describe('words and values that do not fit end with 2 and one sentence', () => {
  it.each<readonly [string, readonly string[], string]>([
    ['an unknown noun', ['prot', 'list'], 'prot'],
    ['an unknown verb', ['port', 'lst'], 'lst'],
    ['a noun without a verb', ['port'], 'port needs a verb'],
    ['an unknown option', ['port', 'list', '--al'], '--al'],
    ['an unknown option of the console', ['--demoo'], '--demoo'],
    ['a missing word', ['port', 'label'], 'PORT'],
    ['a word too many', ['port', 'show', 'a', 'b'], '"b"'],
    ['an option without its value', ['port', 'list', '--class'], '--class'],
    ['a switch with a value', ['port', 'list', '--all=yes'], '--all'],
    ['a bad time limit', ['status', '--timeout', 'soon'], '"soon"'],
    ['a bad id', ['port', 'label', 'a', 'b', '--id', '7'], '"7"'],
    ['a bad sequence', ['port', 'label', 'a', 'b', '--seen', 'x'], '"x"'],
    ['a bad time to linger', ['serve', '--linger', 'long'], '"long"'],
    ['a question without a terminal', ['port', 'forget', 'ttyA0'], '--yes'],
    ['a message type that is none', ['api', 'schema', 'port.lable'], 'command.port.label'],
    ['a server without its leaf', ['status', '--nats', 'nats://127.0.0.1:1'], '--leaf'],
  ])('%s', async (_, words, named) => {
    const ended = await leaf.cli(...words);
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    expectSentence(ended);
    expect(ended.stderr).toContain(named);
  });
});

describe('where nobody answers it ends with 4 and one sentence', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'cim-empty-'));
  });
  afterAll(() => rm(home, {recursive: true, force: true}));

  it.each<readonly [string, readonly string[]]>([
    ['a list', ['port', 'list']],
    ['a status', ['status']],
    ['a wish', ['port', 'label', 'a', 'b']],
    ['a watch', ['port', 'watch']],
  ])('%s, in an empty home', async (_, words) => {
    const ended = await leaf.cli(...words, '--home', home);
    expect([ended.code, ended.stdout]).toEqual([4, '']);
    expectSentence(ended);
    expect(ended.stderr).toContain('cim-tui serve');
  });

  it('at a server that is not there; --json says it as JSON', async () => {
    const words = ['port', 'list', '--nats', 'nats://127.0.0.1:1', '--leaf', 'x', '--json'];
    const ended = await leaf.cli(...words);
    expect(ended.code).toBe(4);
    expectSentence(ended);
    expect(JSON.parse(ended.stdout)).toMatchObject({ok: false, code: 'no-agent'});
  });
});

it('finds nothing wrong with the events of a real leaf, piped through', async () => {
  const child = spawn('sh', ['-c', '"$1" event list --json | "$1" api check -', 'sh', CIM_TUI], {
    env: leaf.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.on('data', (bytes: Buffer) => {
    stdout += bytes.toString();
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^(\d+: ok cim\.[a-z.-]+v1\n){3,}$/);
});

it('says in one sentence that a file cannot be read', async () => {
  const ended = await leaf.cli('api', 'check', '/nowhere/at-all');
  expect([ended.code, ended.stdout]).toEqual([1, '']);
  expectSentence(ended);
});

it('refuses what the server refuses, without a stack', async () => {
  const [{url} = {}] = await leaf.json('connect');
  const ended = await leaf.cli('port', 'list', '--nats', String(url), '--leaf', 'x');
  expect([ended.code, ended.stdout]).toEqual([3, '']);
  expectSentence(ended);
});

it.each<readonly [readonly string[]]>([
  [['status']],
  [['doctor']],
  [['connect']],
  [['leaf', 'show']],
  [['port', 'list', '--all', '--tree']],
  [['port', 'show', 'ttyA0']],
  [['role', 'list']],
  [['device', 'list']],
  [['event', 'list']],
  [['event', 'show', '1']],
  [['event', 'undo', '1', '--yes']],
  [['port', 'label', 'ttyA0', 'gate']],
  [['port', 'label', 'nowhere', 'gate']],
  [['api']],
  [['api', 'schema']],
  [['api', 'schema', 'port.label']],
])('%j --json writes JSON, one object a line, and nothing else', async (words) => {
  const {code, stdout} = await leaf.cli(...words, '--json');
  expect([0, 1, 3]).toContain(code);
  for (const line of stdout.split('\n').slice(0, -1)) {
    expect(JSON.parse(line)).toBeTypeOf('object');
  }
  expect(stdout).toMatch(/^(\{.*\}\n)*$/);
  expect(`${words} ${stdout}`).toMatch(words.includes('role') ? /role/ : /\{/);
});

it.each<readonly [string, readonly string[]]>([
  ['a list', ['event', 'list', '--json']],
  ['a help text', ['--help']],
  ['a stream', ['event', 'follow', '--json']],
])('%s ends quietly when its reader leaves', async (_, words) => {
  const child = spawn('sh', ['-c', '"$@" | :', 'sh', CIM_TUI, ...words], {
    env: leaf.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (bytes: Buffer) => {
    stderr += bytes.toString();
  });
  let code: number | null | undefined;
  child.once('close', (exitCode) => {
    code = exitCode;
  });
  // The stream needs lines that nobody reads; when it follows cannot be seen.
  let round = 0;
  while (code === undefined) {
    round += 1;
    await leaf.cli('leaf', 'label', `cabinet ${words[0]} ${round}`);
  }
  expect([code, stderr]).toEqual([0, '']);
});

it('without a terminal shows the status, and says on stderr how to get the console', async () => {
  const {code, stdout, stderr} = await leaf.cli();
  expect(code).toBe(0);
  expect(stdout).toContain('ports   5 present');
  expect(stderr).toMatch(/^no terminal: .*ssh -t.*\n$/);
});
