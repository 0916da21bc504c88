import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';

import {type MadeUpLeaf, makeUpLeaf} from './made-up-machine.ts';
import {openPty, type PtyOptions, type PtyScreen} from './pty-screen.ts';
import {CIM_TUI, createStage, isRoot, type LeafHome} from './stage.ts';

/** The real console in a pseudo terminal. */
export interface ConsolePty extends PtyScreen {
  /** Waits until a line fits, and gives the screen. */
  shows(text: string | RegExp, timeoutMs?: number): Promise<readonly string[]>;
  /** Waits until no line fits any more. */
  hides(text: string | RegExp, timeoutMs?: number): Promise<readonly string[]>;
  /** Waits for a dialog with this title, and until it takes keys: early ones are dropped. */
  asks(title: string | RegExp): Promise<readonly string[]>;
  /** Ends it, if it still runs, and waits for its end. */
  end(): Promise<void>;
}

export interface ConsoleOptions extends Pick<PtyOptions, 'args' | 'columns' | 'rows' | 'env'> {
  /** The leaf it is a console of; none: the made-up one. */
  readonly leaf?: LeafHome;
}

/** The header while the leaf is heard. */
export const HEARD = /(LIVE|LIMITED) +\d\d:\d\d/;

const START_LIMIT_MS = 15_000;
/** Long: what is waited for comes, and on a busy machine late. */
const SHOWN_LIMIT_MS = 15_000;
const END_LIMIT_MS = 5000;
const EARLY_MS = 320;

/** True when a line holds the text. */
export const holds = (rows: readonly string[], text: string | RegExp): boolean =>
  rows.some((row) => (typeof text === 'string' ? row.includes(text) : text.test(row)));

/** Starts the console and waits for its first whole screen. */
export async function openConsolePty(options: ConsoleOptions = {}): Promise<ConsolePty> {
  const screen = await startConsolePty(options);
  try {
    await screen.shows(HEARD, START_LIMIT_MS);
  } catch (error) {
    await screen.end();
    throw error;
  }
  return screen;
}

/** Starts the console and waits for nothing. */
export async function startConsolePty(options: ConsoleOptions = {}): Promise<ConsolePty> {
  const {leaf, args = [], env = {}, ...size} = options;
  if (leaf !== undefined) {
    const [command, words] = leaf.inside(CIM_TUI, ...args);
    return asConsole(
      openPty({...size, command, args: words, env: {...leaf.env, ...PLAIN, ...env}}),
    );
  }
  const home = await mkdtemp(join(tmpdir(), 'cim-demo-'));
  const screen = asConsole(
    openPty({
      ...size,
      command: CIM_TUI,
      args: ['--demo', ...args],
      env: {CIM_HOME: home, LC_ALL: 'C.UTF-8', ...env},
    }),
  );
  return {
    ...screen,
    async end() {
      await screen.end();
      await rm(home, {recursive: true, force: true});
    },
  };
}

/** What the environment of a test run may hold and a terminal's does not. */
const PLAIN = {CI: undefined, NO_COLOR: undefined, LANG: undefined};

/** A leaf that serves: in a namespace of its own for root, a made-up machine for others. */
export async function serveLeaf(): Promise<LeafHome> {
  return isRoot ? started(await createStage()) : serveMadeUp();
}

/** A leaf that serves a made-up machine: the same for every user. */
export const serveMadeUp = async (): Promise<MadeUpLeaf> => started(await makeUpLeaf());

async function started<Leaf extends LeafHome>(leaf: Leaf): Promise<Leaf> {
  try {
    await leaf.serve();
  } catch (error) {
    await leaf.stop();
    throw error;
  }
  return leaf;
}

/** What makes a pty a console's. */
export function asConsole(pty: PtyScreen): ConsolePty {
  let isGone = false;
  const gone = pty.exited.then(() => {
    isGone = true;
  });
  const signal = (name: NodeJS.Signals): void => {
    try {
      process.kill(pty.pid, name);
    } catch (error) {
      // It has gone, and we are about to hear of it.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) {
        throw error;
      }
    }
  };
  return {
    ...pty,
    shows: (text, timeoutMs = SHOWN_LIMIT_MS) =>
      pty.waitFor((rows) => holds(rows, text), {timeoutMs, what: `${text}`}),
    hides: (text, timeoutMs = SHOWN_LIMIT_MS) =>
      pty.waitFor((rows) => !holds(rows, text), {timeoutMs, what: `no ${text}`}),
    async asks(title) {
      await pty.waitFor((rows) => holds(rows, title) && holds(rows, 'early keys dropped'), {
        what: `a dialog ${title}`,
        timeoutMs: SHOWN_LIMIT_MS,
      });
      await setTimeout(EARLY_MS);
      return pty.rows();
    },
    async end() {
      if (!isGone) {
        pty.resume();
        signal('SIGTERM');
        const isLate = await Promise.race([gone, setTimeout(END_LIMIT_MS, true, {ref: false})]);
        if (isLate === true) {
          signal('SIGKILL');
          await gone;
        }
      }
    },
  };
}
