import {createTerminal} from '#drivers/terminal/terminal.ts';
import {createReadStore, type ReadState, type ReadStore} from '#store/read-store.ts';
import type {UiState} from '#store/ui-store.ts';
import {type RunningConsole, renderConsole} from '#views/app-entry.tsx';

import {sampleContainers} from './containers.ts';
import {createFakePorts, type FakePorts} from './fake-ports.ts';
import {createFakeTime, type FakeTime} from './fake-time.ts';
import {createFakeTty, type FakeTty} from './fake-tty.ts';
import {SAMPLE_LEAF, SAMPLE_NOW} from './sample-events.ts';
import {sampleInventory, sampleMessages, sampleUsers} from './sample-inventory.ts';

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
export interface ConsoleScreen extends Pick<FakePorts, 'outside' | 'answers'> {
  readonly tty: FakeTty;
  readonly running: RunningConsole;
  readonly readStore: ReadStore;
  readonly time: FakeTime;
  /** Sends bytes as one read. */
  send(bytes: string): void;
  /** The same, then waits until the frame is drawn. */
  press(bytes: string): Promise<void>;
  /** The lines on screen, once everything is drawn. */
  rows(): Promise<readonly string[]>;
  text(): Promise<string>;
}

/** Opens the console over the sample leaf, on a terminal of 80×24. */
export function openConsole(options: ScreenOptions = {}): ConsoleScreen {
  const {columns = 80, rows = 24, env = {TERM: 'xterm-256color', LANG: 'C.UTF-8'}} = options;
  const time = createFakeTime(SAMPLE_NOW);
  const tty = createFakeTty(columns, rows);
  const {ports, outside, answers} = createFakePorts(time.now);
  const sample = {
    inventory: sampleInventory,
    history: sampleMessages,
    users: sampleUsers,
    containers: sampleContainers,
  };
  const readStore = createReadStore({
    now: time.now,
    schedule: time.schedule,
    isOutputBlocked: () => false,
    initial: {
      actor: 'ben',
      leafId: SAMPLE_LEAF,
      connection: {kind: 'live', since: SAMPLE_NOW},
      ...(options.isEmpty === true ? {} : sample),
      ...options.read,
    },
  });
  const running = renderConsole({
    readStore,
    schedule: time.schedule,
    terminal: createTerminal(tty.stdin, tty.stdout),
    env,
    ports,
    ...(options.ui === undefined ? {} : {initialUi: options.ui}),
  });
  const drawn = async (): Promise<readonly string[]> => {
    // Answers of the fake outside first: they come with the next turns.
    await new Promise((resolve) => setImmediate(resolve));
    await running.drawn();
    await tty.xterm.settled();
    return tty.xterm.rows();
  };
  return {
    tty,
    running,
    readStore,
    time,
    outside,
    answers,
    send: (bytes) => void tty.stdin.emit('data', Buffer.from(bytes)),
    async press(bytes) {
      tty.stdin.emit('data', Buffer.from(bytes));
      await drawn();
    },
    rows: drawn,
    text: async () => (await drawn()).join('\n'),
  };
}
