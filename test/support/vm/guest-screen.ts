import {until} from '#test/support/until.ts';
import {createXtermScreen} from '#test/support/xterm-screen.ts';
import type {Channel} from './channel.ts';

/** A full-screen program in the guest, and what a terminal shows of it. */
export interface GuestScreen {
  /** The lines on screen now, without the spaces at their ends. */
  rows(): readonly string[];
  press(keys: string): void;
  /** Waits until a line fits; gives the moment (monotonic milliseconds) it was first seen. */
  shows(text: string | RegExp, limitMs?: number): Promise<number>;
  /** Waits until no line fits any more. */
  hides(text: string | RegExp, limitMs?: number): Promise<number>;
}

const LIMIT_MS = 30_000;
const REDRAW = '\x0c';

const holds = (row: string, text: string | RegExp): boolean =>
  typeof text === 'string' ? row.includes(text) : text.test(row);

/** Shows a program: a new one by its script, or one that ran on the channel when it was kept. */
export function openGuestScreen(channel: Channel, script?: string): GuestScreen {
  const xterm = createXtermScreen(80, 24);
  const onText = (text: string): void => xterm.write(text);
  const end =
    script === undefined ? channel.resume(onText) : channel.begin('screen', script, onText);
  end.catch(() => {}); // the guest was stopped, and its screen with it
  if (script === undefined) channel.press(REDRAW);
  const seen = async (
    what: string,
    fits: (rows: readonly string[]) => boolean,
    limitMs: number,
  ): Promise<number> => {
    const rows = async () => {
      await xterm.settled();
      return xterm.rows();
    };
    await until(rows, fits, limitMs).catch(() => {
      throw new Error(`${what} not within ${limitMs} ms; the screen:\n${xterm.rows().join('\n')}`);
    });
    return performance.now();
  };
  return {
    rows: () => xterm.rows(),
    press: (keys) => channel.press(keys),
    shows: (text, limitMs = LIMIT_MS) =>
      seen(`${text} shown`, (rows) => rows.some((row) => holds(row, text)), limitMs),
    hides: (text, limitMs = LIMIT_MS) =>
      seen(`${text} gone`, (rows) => !rows.some((row) => holds(row, text)), limitMs),
  };
}
