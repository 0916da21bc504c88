import {afterEach, describe, expect, it} from 'vitest';

import {type ConsoleScreen, openConsole, type ScreenOptions} from '#test/support/console-screen.ts';

const opened: ConsoleScreen[] = [];

function open(options: ScreenOptions = {}): ConsoleScreen {
  const screen = openConsole(options);
  opened.push(screen);
  return screen;
}

afterEach(() => {
  for (const screen of opened.splice(0)) {
    screen.running.unmount();
  }
});

const ESC = '\u001b';
const COLOUR = new RegExp(`${ESC}\\[[0-9;]*(3[0-7]|4[0-7]|38|48|9[0-7])m`);
const SGR = new RegExp(`${ESC}\\[[0-9;]*m`, 'g');
const EIGHT = new RegExp(`^${ESC}\\[(0|1|7|22|27|39|22;39|(1;)?3[0-7])m$`);

const count = (text: string, part: string): number => text.split(part).length - 1;

describe('the terminal', () => {
  it('is taken with the alternate screen, raw mode and bracketed paste', async () => {
    const screen = open();
    await screen.rows();
    expect(screen.tty.stdin.isRaw).toBe(true);
    const output = screen.tty.written.join('');
    expect(output).toContain('\u001b[?1049h');
    expect(output).toContain('\u001b[?2004h');
    expect(screen.tty.xterm.terminal.buffer.active.type).toBe('alternate');
  });

  it('is whole again after the end', async () => {
    const screen = open();
    await screen.rows();
    screen.running.unmount();
    await screen.running.waitUntilExit();
    await screen.rows();
    const output = screen.tty.written.join('');
    expect(screen.tty.stdin.isRaw).toBe(false);
    expect(screen.tty.xterm.terminal.buffer.active.type).toBe('normal');
    expect(output.lastIndexOf('\u001b[?25h')).toBeGreaterThan(output.lastIndexOf('\u001b[?25l'));
    expect(output.lastIndexOf('\u001b[?2004l')).toBeGreaterThan(
      output.lastIndexOf('\u001b[?2004h'),
    );
  });

  it('is whole again after a restore alone, as a crash does it', async () => {
    const screen = open();
    await screen.rows();
    screen.running.restore();
    await screen.rows();
    expect(screen.tty.stdin.isRaw).toBe(false);
    expect(screen.tty.xterm.terminal.buffer.active.type).toBe('normal');
  });

  it('is never cleared after the first frame, but by Ctrl-L and a resize', async () => {
    const screen = open();
    for (const key of [
      '2',
      'j',
      '\r',
      '\t',
      '\u001b',
      '4',
      'h',
      '\u001b',
      'a',
      '\u001b',
      '5',
      '1',
    ]) {
      await screen.press(key);
    }
    const clears = () => count(screen.tty.written.join(''), '\u001b[2J');
    expect(clears()).toBe(1);
    expect(screen.tty.written.join('')).not.toContain('\u001b[3J');
    await screen.press('\u000c');
    expect(clears()).toBe(2);
    screen.tty.resize(100, 30);
    await screen.rows();
    expect(clears()).toBe(3);
  });

  it('is drawn again by Ctrl-L where the kernel wrote over it', async () => {
    const screen = open();
    const before = await screen.rows();
    screen.tty.xterm.write('\u001b[5;1Husb 1-1: new high-speed USB device\r\n\r\n');
    expect(await screen.rows()).not.toEqual(before);
    await screen.press('\u000c');
    expect(await screen.rows()).toEqual(before);
  });

  it('is handed back while suspended, and drawn again after', async () => {
    const screen = open();
    const before = await screen.rows();
    await screen.press('2');
    await screen.press('\u001a');
    expect(screen.outside.calls).toEqual(['suspend']);
    await screen.press('1');
    expect(await screen.rows()).toEqual(before);
    expect(count(screen.tty.written.join(''), '\u001b[?1049h')).toBe(2);
  });

  it('gets each frame in one write', async () => {
    const screen = open({ui: {screen: 'ports'}});
    await screen.rows();
    const before = screen.tty.written.length;
    await screen.press('j');
    expect(screen.tty.written.length - before).toBe(1);
  });

  it('gets few bytes for a key', async () => {
    const screen = open({ui: {screen: 'ports'}});
    await screen.rows();
    const before = screen.tty.written.length;
    await screen.press('j');
    await screen.press('j');
    const bytes = Buffer.byteLength(screen.tty.written.slice(before).join(''));
    expect(bytes / 2).toBeLessThan(500);
  });
});

describe('the size', () => {
  it.each([
    [80, 24],
    [120, 40],
    [200, 60],
    [100, 25],
  ])('%i×%i is used but for its last line', async (columns, rows) => {
    for (const screenId of ['overview', 'ports', 'events', 'udev'] as const) {
      const screen = open({columns, rows, ui: {screen: screenId}});
      const lines = await screen.rows();
      expect(lines).toHaveLength(rows);
      expect(lines[rows - 1]).toBe('');
      expect(lines[rows - 2]).toContain('h help');
      expect(lines[0]).toContain('gate-cabinet (7fq2k13)');
    }
  });

  it('of 0×0 counts as 80×24', async () => {
    const screen = open({columns: 0, rows: 0});
    const lines = await screen.rows();
    expect(lines[22]).toContain('h help');
  });

  it('follows the terminal', async () => {
    const screen = open({ui: {screen: 'ports'}});
    await screen.rows();
    screen.tty.resize(120, 40);
    const wide = await screen.rows();
    expect(wide[38]).toContain('h help');
    expect(wide[3]).toBe('─'.repeat(120));
    screen.tty.resize(80, 24);
    const narrow = await screen.rows();
    const fresh = await open({ui: {screen: 'ports'}}).rows();
    expect(narrow).toEqual(fresh);
  });

  it('may be tiny without breaking', async () => {
    const screen = open({columns: 20, rows: 10});
    for (const key of [
      '1',
      '2',
      '\r',
      '\u001b',
      '4',
      'U',
      '\u001b',
      'h',
      '\u001b',
      'a',
      '\u001b',
      '5',
    ]) {
      await screen.press(key);
    }
    expect(await screen.rows()).toHaveLength(10);
  });
});

describe('what the terminal can show', () => {
  const screens = ['2', '\r', '\u001b', '4', '5', 'h', '\u001b', '1'];

  async function frames(env: Readonly<Record<string, string>>): Promise<string> {
    const screen = open({env});
    const texts: string[] = [await screen.text()];
    for (const key of screens) {
      await screen.press(key);
      texts.push(await screen.text());
    }
    return texts.join('\n');
  }

  it('is ASCII only under LANG=C', async () => {
    expect(await frames({TERM: 'xterm', LANG: 'C'})).toMatch(/^[\u0020-\u007e\n]*$/);
  });

  it('is what the console fonts have on TERM=linux', async () => {
    const text = await frames({TERM: 'linux', LANG: 'C.UTF-8'});
    expect(text).toMatch(/^[\u0020-\u007e\n─│┌┐└┘├┤┬┴┼█░▒·»↑↓→←]*$/u);
  });

  it.each([
    [{TERM: 'xterm-256color', LANG: 'C.UTF-8', NO_COLOR: '1'}],
    [{TERM: 'vt100', LANG: 'C'}],
  ])('has no colour but bold and inverse with %j', async (env) => {
    const screen = open({env, ui: {screen: 'ports'}});
    await screen.rows();
    const output = screen.tty.written.join('');
    expect(output).not.toMatch(COLOUR);
    expect(output).toContain('\u001b[7m');
    expect(output).toContain('\u001b[1m');
  });

  it('is the eight colours on TERM=linux', async () => {
    const screen = open({env: {TERM: 'linux', LANG: 'C.UTF-8'}, ui: {screen: 'ports'}});
    await screen.rows();
    const codes = screen.tty.written.join('').match(SGR) ?? [];
    expect(codes.filter((code) => !EIGHT.test(code))).toEqual([]);
  });
});
