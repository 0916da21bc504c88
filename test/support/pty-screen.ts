import {spawn} from '@lydell/node-pty';

import {createXtermScreen, type XtermScreen} from './xterm-screen.ts';

export interface PtyOptions {
  readonly command: string;
  readonly args?: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  /** Beside what this process has; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

export interface PtyExit {
  readonly code: number;
  readonly signal: number | undefined;
}

/** A program in a pseudo terminal, with a terminal emulator as the oracle of what it shows. */
export interface PtyScreen {
  readonly pid: number;
  readonly xterm: XtermScreen;
  /** The lines on screen now, without the spaces at their ends. */
  rows(): readonly string[];
  /** Sends bytes as one write, as a terminal does for one key. */
  press(bytes: string): void;
  /** Resolves with the lines as soon as they fit; throws with the screen after the time limit. */
  waitFor(
    fits: (rows: readonly string[]) => boolean,
    options?: {readonly timeoutMs?: number; readonly what?: string},
  ): Promise<readonly string[]>;
  resize(columns: number, rows: number): void;
  /** Stops reading, as a reader that stands still; the program's output waits. */
  pause(): void;
  resume(): void;
  /** Everything the program has written. */
  output(): string;
  /** Bytes and reads so far: a read is about a frame. */
  bytes(): number;
  reads(): number;
  /** Calls with each piece of output, before it is on screen. */
  onOutput(listener: (text: string, at: number) => void): () => void;
  kill(signal?: string): void;
  /** Drops the line: the program's terminal is gone. */
  hangUp(): void;
  exited: Promise<PtyExit>;
}

/** Starts a program in a pseudo terminal of 80×24. */
export function openPty(options: PtyOptions): PtyScreen {
  const {command, args = [], columns = 80, rows = 24, env = {}, cwd = process.cwd()} = options;
  const xterm = createXtermScreen(columns, rows);
  const pty = spawn(command, [...args], {
    name: env.TERM ?? 'xterm-256color',
    cols: columns,
    rows,
    cwd,
    // Ink draws nothing where CI is set, even empty.
    env: withoutUndefined({
      ...process.env,
      LANG: 'C.UTF-8',
      CI: undefined,
      NO_COLOR: undefined,
      ...env,
    }),
  });
  const output: string[] = [];
  const listeners = new Set<(text: string, at: number) => void>();
  let bytes = 0;
  pty.onData((text) => {
    const at = performance.now();
    output.push(text);
    bytes += Buffer.byteLength(text);
    xterm.write(text);
    for (const listener of listeners) {
      listener(text, at);
    }
  });
  const exited = new Promise<PtyExit>((resolve) => {
    pty.onExit(({exitCode, signal}) => resolve({code: exitCode, signal}));
  });
  return {
    pid: pty.pid,
    xterm,
    rows: () => xterm.rows(),
    press: (text) => pty.write(text),
    async waitFor(fits, {timeoutMs = 5_000, what = 'the screen to fit'} = {}) {
      const end = performance.now() + timeoutMs;
      for (;;) {
        await xterm.settled();
        const lines = xterm.rows();
        if (fits(lines)) {
          return lines;
        }
        if (performance.now() > end) {
          throw new Error(`waited ${timeoutMs} ms for ${what}; the screen:\n${lines.join('\n')}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    resize(width, height) {
      xterm.resize(width, height);
      pty.resize(width, height);
    },
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    output: () => output.join(''),
    bytes: () => bytes,
    reads: () => output.length,
    onOutput(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    kill: (signal) => pty.kill(signal),
    hangUp() {
      // Not among its types: closes the other side and sends SIGHUP, as a lost line does.
      if ('destroy' in pty && typeof pty.destroy === 'function') {
        pty.destroy();
      }
    },
    exited,
  };
}

const withoutUndefined = (
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
