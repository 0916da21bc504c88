import {EventEmitter} from 'node:events';

import type {Answer} from '#domain/command.ts';
import {createTerminal} from '#drivers/terminal/terminal.ts';
import type {CommandOutput, QuitOptions, Wish} from '#store/console-actions.ts';
import {createReadStore, type ReadState, type ReadStore} from '#store/read-store.ts';
import type {UiState} from '#store/ui-store.ts';
import {type RunningConsole, renderConsole} from '#views/app-entry.tsx';

import {createFakeTime, type FakeTime} from './fake-time.ts';
import {SAMPLE_LEAF, SAMPLE_NOW} from './sample-events.ts';
import {sampleInventory, sampleMessages, sampleUsers} from './sample-inventory.ts';
import {createXtermScreen, type XtermScreen} from './xterm-screen.ts';

export interface ScreenOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly read?: Partial<ReadState>;
  readonly ui?: Partial<UiState>;
  /** Begin without a picture of the leaf. */
  readonly isEmpty?: boolean;
}

/** The console on a fake terminal, with everything it asked of the outside. */
export interface ConsoleScreen {
  readonly xterm: XtermScreen;
  readonly running: RunningConsole;
  readonly readStore: ReadStore;
  readonly time: FakeTime;
  readonly wishes: Wish[];
  readonly commands: string[];
  readonly quits: QuitOptions[];
  readonly copies: string[];
  readonly calls: string[];
  /** Everything written to the terminal. */
  output(): string;
  isRaw(): boolean;
  /** What the next wishes are answered. */
  answer(answer: Answer): void;
  replyToCommand(output: CommandOutput): void;
  /** Sends bytes as one read, then waits until the frame is drawn. */
  press(bytes: string): Promise<void>;
  /** The lines on screen, once everything is drawn. */
  rows(): Promise<readonly string[]>;
  text(): Promise<string>;
  resize(columns: number, rows: number): Promise<void>;
}

const DONE: Answer = {
  ok: true,
  id: '0199f000-0000-7000-8000-000000000999',
  events: ['e'],
  sequence: 100,
};

/** Opens the console over the sample leaf, on a terminal of 80×24. */
export function openConsole(options: ScreenOptions = {}): ConsoleScreen {
  const {columns = 80, rows = 24, env = {TERM: 'xterm-256color', LANG: 'C.UTF-8'}} = options;
  const xterm = createXtermScreen(columns, rows);
  const time = createFakeTime(SAMPLE_NOW);
  const stdin = Object.assign(new EventEmitter(), {
    isTTY: true,
    isRaw: false,
    setRawMode(isRaw: boolean) {
      stdin.isRaw = isRaw;
    },
    resume: () => undefined,
    pause: () => undefined,
  });
  const written: string[] = [];
  const stdout = Object.assign(new EventEmitter(), {
    isTTY: true,
    columns,
    rows,
    write(text: string) {
      written.push(text);
      xterm.write(text);
      return true;
    },
  });
  let reply: Answer = DONE;
  let output: CommandOutput = {lines: ['done'], exitCode: 0};
  const seen = {
    wishes: [] as Wish[],
    commands: [] as string[],
    quits: [] as QuitOptions[],
    copies: [] as string[],
    calls: [] as string[],
  };
  const readStore = createReadStore({
    now: time.now,
    schedule: time.schedule,
    isOutputBlocked: () => false,
    initial: {
      actor: 'ben',
      leafId: SAMPLE_LEAF,
      connection: {kind: 'live', since: SAMPLE_NOW},
      ...(options.isEmpty === true
        ? {}
        : {inventory: sampleInventory, history: sampleMessages, users: sampleUsers}),
      ...options.read,
    },
  });
  const running = renderConsole({
    readStore,
    schedule: time.schedule,
    terminal: createTerminal(stdin, stdout),
    env,
    ...(options.ui === undefined ? {} : {initialUi: options.ui}),
    ports: {
      send: async (wish) => {
        seen.wishes.push(wish);
        return reply;
      },
      execute: async (line) => {
        seen.commands.push(line);
        return output;
      },
      complete: (line) => ['port', 'portal', 'role'].filter((word) => word.startsWith(line)),
      quit: (quit) => seen.quits.push(quit),
      suspend: async () => {
        seen.calls.push(`suspend raw=${stdin.isRaw}`);
      },
      copy: async (text) => {
        seen.copies.push(text);
        return 'the clipboard';
      },
      now: time.now,
    },
  });
  const drawn = async (): Promise<void> => {
    // Ink draws at most every 17 ms of real time.
    await new Promise((resolve) => setTimeout(resolve, 40));
    await xterm.settled();
  };
  return {
    ...seen,
    xterm,
    running,
    readStore,
    time,
    output: () => written.join(''),
    isRaw: () => stdin.isRaw,
    answer(next) {
      reply = next;
    },
    replyToCommand(next) {
      output = next;
    },
    async press(bytes) {
      stdin.emit('data', Buffer.from(bytes));
      await drawn();
    },
    async rows() {
      await drawn();
      return xterm.rows();
    },
    async text() {
      await drawn();
      return xterm.rows().join('\n');
    },
    async resize(width, height) {
      Object.assign(stdout, {columns: width, rows: height});
      xterm.resize(width, height);
      stdout.emit('resize');
      await drawn();
    },
  };
}
