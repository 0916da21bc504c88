import {render} from 'ink';
import type {ReactElement} from 'react';
import type {StoreApi} from 'zustand/vanilla';

import {createBatchedStore} from '#store/batch.ts';
import type {Schedule} from '#store/coalescer.ts';
import type {ConsolePorts} from '#store/console-actions.ts';
import type {ReadStore} from '#store/read-store.ts';
import {createSelectors} from '#store/selectors.ts';
import {createUiStore, type UiState} from '#store/ui-store.ts';

import {App} from './app.tsx';
import type {Console} from './console.ts';
import {ConsoleProvider} from './console-provider.tsx';
import {routeKey} from './key-router.ts';
import {readKeys} from './keys/key-reader.ts';
import {createEventListSelector} from './screens/events/rows.ts';
import {createPortListSelector} from './screens/ports/rows.ts';
import {createUeventListSelector} from './screens/udev/rows.ts';
import {
  createTerminal,
  type Terminal,
  type TerminalInput,
  type TerminalOutput,
} from './terminal.ts';
import {themeOf} from './theme/theme.ts';

export interface ConsoleOptions {
  readonly readStore: ReadStore;
  readonly ports: ConsolePorts;
  readonly schedule: Schedule;
  readonly terminal: {
    readonly stdin: TerminalInput;
    readonly stdout: TerminalOutput;
    readonly env: Readonly<Record<string, string | undefined>>;
  };
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
}

/** Draws the console and reads its keys until `unmount`. */
export function renderConsole(options: ConsoleOptions): RunningConsole {
  const {readStore, ports, schedule, terminal: streams} = options;
  const terminal = createTerminal(streams.stdin, streams.stdout);
  const ui = createBatchedStore(
    createUiStore({
      ...terminal.size(),
      now: ports.now(),
      isRemote: streams.env.TERM !== 'linux',
      ...options.initialUi,
    }),
  );
  const selectors = createSelectors();
  const screen = {redraw: () => {}, suspend: () => {}};
  const console: Console = {
    read: readStore.store,
    ui: ui.store,
    ports,
    selectors,
    lists: {
      ports: createPortListSelector(selectors),
      events: createEventListSelector(selectors),
      uevents: createUeventListSelector(),
    },
    theme: themeOf(streams.env),
    redraw: () => screen.redraw(),
    suspend: () => screen.suspend(),
    passOn: (name) => terminal.inkInput.write(INK_KEYS[name] ?? ''),
    after: schedule,
  };
  terminal.enter();
  const ink = mount(
    <ConsoleProvider console={console}>
      <App />
    </ConsoleProvider>,
    terminal,
  );
  screen.redraw = () => {
    ink.clear();
    terminal.clear();
    ink.draw();
  };
  screen.suspend = () => {
    terminal.restore();
    const back = (): void => {
      terminal.reenter();
      screen.redraw();
    };
    ports.suspend().then(back, back);
  };
  const onResize = (): void => {
    ink.clear();
    terminal.clear();
    ui.store.setState(terminal.size());
    terminal.inkOutput.emit('resize');
  };
  streams.stdout.on('resize', onResize);
  const stopKeys = readKeys(streams.stdin, schedule, (event) =>
    ui.batch(() => routeKey(console, event)),
  );
  const stopClock = startClock(schedule, () => ports.now(), ui.store);
  const stop = (): void => {
    stopKeys();
    stopClock();
    streams.stdout.off('resize', onResize);
  };
  return {
    ui: ui.store,
    async waitUntilExit() {
      try {
        await ink.waitUntilExit();
      } finally {
        stop();
        terminal.restore();
      }
    },
    unmount() {
      stop();
      ink.unmount();
      terminal.restore();
    },
    restore: () => terminal.restore(),
  };
}

/** Keys as Ink's own components expect them. */
const INK_KEYS: Readonly<Record<string, string>> = {
  up: '\u001b[A',
  down: '\u001b[B',
  enter: '\r',
};

function mount(tree: ReactElement, {inkInput, inkOutput}: Terminal) {
  const instance = render(tree, {
    stdin: inkInput,
    stdout: inkOutput,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 60,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  return {
    clear: instance.clear,
    draw: () => instance.rerender(tree),
    unmount: instance.unmount,
    waitUntilExit: instance.waitUntilExit,
  };
}

const SECOND = 1_000;

/** Moves the time on screen on, once a second, until the returned function is called. */
function startClock(schedule: Schedule, now: () => number, ui: StoreApi<UiState>): () => void {
  let cancel = (): void => {};
  const tick = (): void => {
    const time = now();
    ui.setState({now: time});
    cancel = schedule(SECOND - (time % SECOND), tick);
  };
  cancel = schedule(SECOND - (now() % SECOND), tick);
  return () => cancel();
}
