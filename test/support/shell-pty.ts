import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {asConsole, type ConsolePty} from './console-pty.ts';
import {openPty} from './pty-screen.ts';
import {CIM_TUI} from './stage.ts';
import {until} from './until.ts';

/** A console below a shell, which stays when the console goes and tells what it left behind. */
export interface ShellPty extends ConsolePty {
  /** The console's own home. */
  readonly home: string;
  /** Process id of the console. */
  consolePid(): Promise<number>;
  /** Waits until the console has gone; then what the terminal is like. */
  left(): Promise<LeftTerminal>;
  /** Ends shell and console, removes the home. */
  stop(): Promise<void>;
}

/** The terminal after the console. */
export interface LeftTerminal {
  /** The console's exit code, as the shell has it. */
  readonly code: number;
  readonly rows: readonly string[];
  readonly isAlternateScreen: boolean;
  readonly isCursorShown: boolean;
  readonly isPasteMarked: boolean;
  /** Settings of the terminal that a shell has on: those of them that are off. */
  readonly settingsOff: readonly string[];
}

const BEFORE = 'before the console';
/** What follows the console in the same terminal. */
const SCRIPT = `echo ${BEFORE}
sh -c 'echo $$ > "$PID_FILE"; exec "$CIM_TUI" --demo'
echo "left with $?"
stty -a
echo "told all"
`;
const COOKED = ['icanon', 'echo', 'isig', 'icrnl', 'opost', 'onlcr', 'iexten', 'ixon'] as const;

/** Runs the demo below a shell. An interactive one (for job control) is typed to. */
export async function openShellPty({
  isInteractive = false,
  env = {},
}: {
  readonly isInteractive?: boolean;
  readonly env?: Readonly<Record<string, string>>;
} = {}): Promise<ShellPty> {
  const home = await mkdtemp(join(tmpdir(), 'cim-demo-'));
  const pidFile = join(home, 'pid');
  const screen = asConsole(
    openPty({
      command: 'sh',
      args: isInteractive ? ['-i', '-m'] : ['-c', SCRIPT],
      env: {CIM_HOME: home, CIM_TUI, PID_FILE: pidFile, LC_ALL: 'C.UTF-8', PS1: '$ ', ...env},
    }),
  );
  const consolePid = async (): Promise<number> =>
    Number(
      await until(
        () => readFile(pidFile, 'utf8').catch(() => ''),
        (text) => text !== '',
      ),
    );
  return {
    ...screen,
    home,
    consolePid,
    async left() {
      const rows = await screen.shows('told all', 10_000);
      return leftTerminal(screen, rows);
    },
    async stop() {
      await screen.end();
      await rm(home, {recursive: true, force: true});
    },
  };
}

function leftTerminal(screen: ConsolePty, rows: readonly string[]): LeftTerminal {
  const output = screen.output();
  const isLast = (on: string, off: string): boolean =>
    output.lastIndexOf(`\u001b[${on}`) > output.lastIndexOf(`\u001b[${off}`);
  const settings = rows.join(' ').split(/[ ;]+/);
  return {
    code: Number(/left with (\d+)/.exec(rows.join('\n'))?.[1] ?? Number.NaN),
    rows,
    isAlternateScreen: screen.xterm.terminal.buffer.active.type === 'alternate',
    isCursorShown: isLast('?25h', '?25l'),
    isPasteMarked: isLast('?2004h', '?2004l'),
    settingsOff: COOKED.filter((name) => !settings.includes(name)),
  };
}
