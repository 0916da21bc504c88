import {EventEmitter} from 'node:events';

import {createXtermScreen, type XtermScreen} from './xterm-screen.ts';

/** A tty whose screen is a terminal emulator: what stdin and stdout are to the console. */
export interface FakeTty {
  readonly stdin: EventEmitter & {
    isRaw: boolean;
    setRawMode(isRaw: boolean): void;
    resume(): void;
    pause(): void;
  };
  readonly stdout: EventEmitter & {columns: number; rows: number; write(text: string): boolean};
  readonly xterm: XtermScreen;
  /** Everything written, each write by itself. */
  readonly written: string[];
  resize(columns: number, rows: number): void;
}

/** A tty of this size; 0×0 is one that does not tell, shown at 80×24. */
export function createFakeTty(columns: number, rows: number): FakeTty {
  const xterm = createXtermScreen(columns || 80, rows || 24);
  const written: string[] = [];
  const stdin = Object.assign(new EventEmitter(), {
    isRaw: false,
    setRawMode(isRaw: boolean) {
      stdin.isRaw = isRaw;
    },
    resume: () => undefined,
    pause: () => undefined,
  });
  const stdout = Object.assign(new EventEmitter(), {
    columns,
    rows,
    write(text: string) {
      written.push(text);
      xterm.write(text);
      return true;
    },
  });
  return {
    stdin,
    stdout,
    xterm,
    written,
    resize(width, height) {
      Object.assign(stdout, {columns: width, rows: height});
      xterm.resize(width, height);
      stdout.emit('resize');
    },
  };
}
