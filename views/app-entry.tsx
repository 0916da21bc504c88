import {render} from 'ink';
import type {StoreApi} from 'zustand/vanilla';

import {createBatchedStore} from '#store/batch.ts';
import type {Schedule} from '#store/coalescer.ts';
import type {ConsolePorts} from '#store/console-actions.ts';
import type {ReadStore} from '#store/read-store.ts';
import {createUiStore, type UiState} from '#store/ui-store.ts';

import {App} from './app.tsx';
import {startClock} from './clock.ts';
import type {Console} from './console.ts';
import {ConsoleProvider} from './console-provider.tsx';
import {createConsole} from './create-console.ts';
import {routeKey} from './key-router.ts';
import {createKeyQueue} from './keys/key-queue.ts';
import {readKeys} from './keys/key-reader.ts';
import type {ConsoleTerminal} from './terminal.ts';

export interface ConsoleOptions {
  readonly readStore: ReadStore;
  readonly ports: ConsolePorts;
  readonly schedule: Schedule;
  readonly terminal: ConsoleTerminal;
  /** TERM, the locale and NO_COLOR are read from it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where to begin, for tests. */
  readonly initialUi?: Partial<UiState>;
}

/** A console on screen. */
export interface RunningConsole {
  readonly ui: StoreApi<UiState>;
  /** Resolves when the screen is gone and the terminal as it was; rejects with a screen's crash. */
  waitUntilExit(): Promise<void>;
  /** Takes the screen away and hands the terminal back. */
  unmount(): void;
  /** Only hands the terminal back, at once: for signals and crashes. */
  restore(): void;
  /** Resolves when what the stores hold is on its way to the terminal. */
  drawn(): Promise<void>;
}

/** Draws the console and reads its keys until `unmount`. */
export function renderConsole(options: ConsoleOptions): RunningConsole {
  const {terminal, schedule, ports} = options;
  const ui = createBatchedStore(
    createUiStore({
      ...terminal.size(),
      now: ports.now(),
      isRemote: options.env.TERM !== 'linux',
      ...options.initialUi,
    }),
  );
  const console = createConsole({
    read: options.readStore.store,
    ui: ui.store,
    ports,
    schedule,
    env: options.env,
    redraw: () => screen.redraw(),
    suspend: () => screen.suspend(),
    passOn: (name) => terminal.inkInput.write(INK_KEYS[name] ?? ''),
  });
  terminal.enter();
  const screen = mount(console, terminal);
  const stops = [
    terminal.onResize(() => screen.resize()),
    readKeys({
      onBytes: terminal.onBytes,
      schedule,
      onKeys: createKeyQueue({
        route: (event) => routeKey(console, event),
        batch: ui.batch,
        isHandedOn: () => ui.store.getState().overlay?.kind === 'menu',
        drawn: screen.drawn,
      }),
    }),
    startClock({schedule, now: ports.now, read: console.read, ui: ui.store}),
  ];
  const stop = (): void => {
    for (const end of stops) {
      end();
    }
    terminal.restore();
  };
  return {
    ui: ui.store,
    waitUntilExit: () => screen.waitUntilExit().finally(stop),
    unmount() {
      screen.unmount();
      stop();
    },
    restore: terminal.restore,
    drawn: screen.drawn,
  };
}

/** Keys as Ink's own components expect them. */
const INK_KEYS: Readonly<Record<string, string>> = {
  up: '\u001b[A',
  down: '\u001b[B',
  enter: '\r',
};

function mount(console: Console, terminal: ConsoleTerminal) {
  const tree = (
    <ConsoleProvider console={console}>
      <App />
    </ConsoleProvider>
  );
  const ink = render(tree, {
    stdin: terminal.inkInput,
    stdout: terminal.inkOutput,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 60,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  const forget = (): void => {
    ink.clear();
    terminal.clear();
  };
  const redraw = (): void => {
    forget();
    ink.rerender(tree);
  };
  return {
    redraw,
    suspend() {
      terminal.restore();
      const back = (): void => {
        terminal.reenter();
        redraw();
      };
      console.ports.suspend().then(back, back);
    },
    resize() {
      forget();
      console.ui.setState(terminal.size());
      terminal.inkOutput.emit('resize');
    },
    unmount: ink.unmount,
    drawn: ink.waitUntilRenderFlush,
    async waitUntilExit() {
      await ink.waitUntilExit();
    },
  };
}
