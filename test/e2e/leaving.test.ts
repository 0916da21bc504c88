import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterEach, describe, expect, it} from 'vitest';

import {HEARD, openConsolePty} from '#test/support/console-pty.ts';
import {openShellPty, type ShellPty} from '#test/support/shell-pty.ts';
import {ROOT} from '#test/support/stage.ts';

const CRASHER = pathToFileURL(join(ROOT, 'test/support/crash-on-signal.ts')).href;

/** The terminal as a shell wants it, with what was there before. */
const WHOLE = {
  isAlternateScreen: false,
  isCursorShown: true,
  isPasteMarked: false,
  settingsOff: [],
  rows: expect.arrayContaining(['before the console']),
};

let shell: ShellPty;

async function open(env: Readonly<Record<string, string>> = {}): Promise<void> {
  shell = await openShellPty({env});
  await shell.shows(HEARD, 15_000);
  expect(shell.xterm.terminal.buffer.active.type).toBe('alternate');
}

const signal = async (name: NodeJS.Signals): Promise<void> => {
  process.kill(await shell.consolePid(), name);
};

afterEach(() => shell?.stop());

describe('the terminal is whole again', () => {
  it('after q', async () => {
    await open();
    shell.press('q');
    expect(await shell.left()).toMatchObject({...WHOLE, code: 0});
  });

  it('after Ctrl-C twice', async () => {
    await open();
    shell.press('\u0003');
    await shell.shows('Ctrl-C once more quits');
    shell.press('\u0003');
    expect(await shell.left()).toMatchObject({...WHOLE, code: 0});
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('after %s', async (name, code) => {
    await open();
    await signal(name);
    expect(await shell.left()).toMatchObject({...WHOLE, code});
  });

  it.each([
    ['an exception nobody caught', 'SIGUSR2', 'thrown by a test'],
    ['a rejection nobody caught', 'SIGVTALRM', 'rejected by a test'],
  ] as const)('after %s, told in one line; the log has the rest', async (_, name, message) => {
    await open({NODE_OPTIONS: `--import=${CRASHER}`});
    shell.press('2e');
    await shell.shows('Label of');
    await signal(name);
    const left = await shell.left();
    expect(left).toMatchObject({...WHOLE, code: 1});
    const said = left.rows.filter((row) => /crash| at /.test(row));
    expect(said).toEqual([`cim-tui: the console crashed: ${message}`]);
    expect(await readFile(join(shell.home, 'log', 'console.log'), 'utf8')).toContain(message);
  });
});

it('is stopped by Ctrl-Z with the terminal whole, and goes on after fg', async () => {
  shell = await openShellPty({isInteractive: true});
  await shell.shows('$');
  shell.press('echo before the console; "$CIM_TUI" --demo\r');
  await shell.shows(HEARD, 15_000);
  shell.press('2e');
  await shell.shows('Label of COM 1: ');
  shell.press('\u001a');
  await shell.shows(/Stopped/);
  shell.press('clear; echo before the console; stty -a; echo told "all"\r');
  expect(await shell.left()).toMatchObject(WHOLE);
  shell.press('fg\r');
  await shell.shows(/^ Label of COM 1: COM 1█$/);
  expect(shell.xterm.terminal.buffer.active.type).toBe('alternate');
  shell.press('\u0015gate\r');
  await shell.shows(/^». gate /);
  shell.press('q');
  await shell.shows(/^\$ ?$/);
  shell.press('clear; echo before the console; stty -a; echo told "all"\r');
  expect(await shell.left()).toMatchObject(WHOLE);
  shell.press('exit\r');
  await shell.exited;
});

it('ends when its line is dropped', async () => {
  const screen = await openConsolePty();
  screen.hangUp();
  // By SIGHUP or by the end of its input, whichever it hears first.
  expect([129, 0]).toContain((await screen.exited).code);
  await screen.end();
});
