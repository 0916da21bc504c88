import {openPty} from '#test/support/pty-screen.ts';
import {createSightings, type Sightings} from './sightings.ts';
import {createFrameCount, type FrameCount} from './statistics.ts';

export interface ScreenOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** A program in a terminal of 80×24. */
export interface Screen {
  readonly pid: number;
  /** Just before it was started. */
  readonly startedMs: number;
  /** Rows as they are on screen once a chunk of output is drawn, timed by when the chunk came. */
  readonly drawn: Sightings<readonly string[]>;
  rows(): readonly string[];
  /** Resolves when the rows fit, at once where they do already. */
  shows(what: string, fits: (rows: readonly string[]) => boolean): Promise<void>;
  press(keys: string): void;
  /** Counts output from here on. */
  countFrames(): FrameCount;
  /** Ends the program. */
  stop(): Promise<void>;
}

const PATIENCE_MS = 3000;

/** Starts a program in a terminal of its own. */
export function openScreen({file, args, env, signal}: ScreenOptions): Screen {
  const drawn = createSightings<readonly string[]>(signal);
  const startedMs = performance.now();
  const pty = openPty({command: file, args, env: {...env, CI: undefined}});
  let count = createFrameCount();
  pty.onOutput((text, atMs) => {
    count.add(Buffer.byteLength(text), atMs);
    pty.xterm.terminal.write('', () => drawn.tell(pty.rows(), atMs));
  });
  return {
    pid: pty.pid,
    startedMs,
    drawn,
    rows: pty.rows,
    async shows(what, fits) {
      if (!fits(pty.rows())) {
        await drawn.next(what, fits).catch((error: unknown) => {
          throw new Error(`not on screen: ${what}\n${pty.rows().join('\n')}`, {cause: error});
        });
      }
    },
    press: pty.press,
    countFrames() {
      count = createFrameCount();
      return count;
    },
    async stop() {
      const killing = setTimeout(() => pty.kill('SIGKILL'), PATIENCE_MS);
      pty.kill('SIGTERM');
      await pty.exited;
      clearTimeout(killing);
    },
  };
}

/** Whether enough is on screen to call it a frame. */
export const isFilled = (rows: readonly string[]): boolean =>
  rows.filter((row) => row !== '').length >= 10;

/** Goes to the ports of a console that has just been opened, those alone that a filter lets in. */
export async function showPorts({shows, press}: Screen, filter: string): Promise<void> {
  await shows('the console', (rows) => rows.some((row) => row.includes('LAST CHANGES')));
  press('2');
  await shows('its ports', (rows) => rows.some((row) => row.includes('CLASS')));
  press(`/${filter}\r`);
  await shows('the filter', (rows) => rows.some((row) => row.includes(`filter ${filter}`)));
}
