import {expect} from 'vitest';

import {type ConsolePty, holds} from './console-pty.ts';

/** What is on screen once a key has done its work, and was not before. */
export type Expected =
  | string
  | RegExp
  | {readonly gone: string | RegExp}
  /** A dialog that has become ready for keys. */
  | {readonly asks: string}
  /** Text that stands out now. */
  | {readonly bold: string}
  /** What was written since the key, where the screen does not tell. */
  | {readonly written: string};

/** One key: where it holds, as the key map names it, and what it does. */
export interface KeyRow {
  /** `port e`; null for what is typed on the way. */
  readonly covers: string | null;
  readonly bytes: string;
  readonly expected: Expected;
}

/** What a terminal sends. Every other key sends itself. */
const BYTES: Readonly<Record<string, string>> = {
  enter: '\r',
  tab: '\t',
  'shift-tab': '\u001b[Z',
  escape: '\u001b',
  space: ' ',
  backspace: '\u007f',
  'alt-backspace': '\u001b\u007f',
  delete: '\u001b[3~',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  home: '\u001b[H',
  end: '\u001b[F',
  'page-up': '\u001b[5~',
  'page-down': '\u001b[6~',
  f1: '\u001bOP',
  f2: '\u001bOQ',
  f3: '\u001bOR',
  f4: '\u001bOS',
  f5: '\u001b[15~',
};

const CTRL = 0x60;

/** What a terminal sends for a key of the key map. */
export function bytesOf(key: string): string {
  const [, letter] = /^ctrl-(.)$/.exec(key) ?? [];
  return letter === undefined
    ? (BYTES[key] ?? key)
    : String.fromCharCode(letter.charCodeAt(0) - CTRL);
}

/** A key of the key map. */
export const key = (scope: string, name: string, expected: Expected, bytes?: string): KeyRow => ({
  covers: `${scope} ${name}`,
  bytes: bytes ?? bytesOf(name),
  expected,
});

/** What is typed between the keys that are looked at. */
export const typed = (bytes: string, expected: Expected): KeyRow => ({
  covers: null,
  bytes,
  expected,
});

/** The line the cursor stands on begins so. */
export const marked = (text: string): RegExp => new RegExp(`^».{0,2} *${text}`);

const LIMIT_MS = 3000;
/** Where nothing is pressed, something comes by itself. */
const COMES_MS = 10_000;

/** Presses the key of a row, and waits for what it does. It must not have been there before. */
export async function pressRow(screen: ConsolePty, {bytes, expected}: KeyRow): Promise<void> {
  const from = screen.output().length;
  const isDone = (rows: readonly string[]): boolean => {
    if (typeof expected === 'string' || expected instanceof RegExp) {
      return holds(rows, expected);
    }
    if ('gone' in expected) {
      return !holds(rows, expected.gone);
    }
    if ('asks' in expected) {
      return holds(rows, expected.asks);
    }
    return 'bold' in expected
      ? isBold(screen, expected.bold)
      : screen.output().slice(from).includes(expected.written);
  };
  const what = expected instanceof RegExp ? String(expected) : JSON.stringify(expected);
  await screen.xterm.settled();
  expect(isDone(screen.rows()), `${what}, before the key`).toBe(false);
  screen.press(bytes);
  await screen.waitFor(isDone, {timeoutMs: bytes === '' ? COMES_MS : LIMIT_MS, what});
  if (typeof expected === 'object' && 'asks' in expected) {
    await screen.asks(expected.asks);
  }
}

function isBold({xterm: {terminal}, rows}: ConsolePty, text: string): boolean {
  const row = rows().findIndex((line) => line.includes(text));
  const column = rows()[row]?.indexOf(text) ?? -1;
  const {active} = terminal.buffer;
  const cell = active.getLine(active.viewportY + row)?.getCell(Math.max(column, 0));
  return row >= 0 && cell?.isBold() !== 0;
}
