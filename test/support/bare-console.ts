import {createReadStore, type ReadState, type ReadStore} from '#store/read-store.ts';
import {createUiStore, type UiState} from '#store/ui-store.ts';
import type {Console} from '#views/console.ts';
import {createConsole} from '#views/create-console.ts';
import {routeKey} from '#views/key-router.ts';
import type {Binding} from '#views/keymap.ts';
import {createKeyDecoder} from '#views/keys/key-decoder.ts';

import {sampleContainers} from './containers.ts';
import {createFakePorts, type FakePorts, type Outside} from './fake-ports.ts';
import {createFakeTime, type FakeTime} from './fake-time.ts';
import {SAMPLE_LEAF, SAMPLE_NOW} from './sample-events.ts';
import {sampleInventory, sampleMessages, sampleUsers} from './sample-inventory.ts';

/** The console over the sample leaf without a screen: keys in, state and wishes out. */
export interface BareConsole {
  readonly console: Console;
  readonly readStore: ReadStore;
  readonly time: FakeTime;
  readonly outside: Outside;
  ui(): UiState;
  /** Bytes as the terminal sends them. */
  press(bytes: string): void;
  readonly answers: FakePorts['answers'];
  /** Resolves when everything that was sent has been answered. */
  settled(): Promise<void>;
}

export interface BareOptions {
  readonly read?: Partial<ReadState>;
  readonly ui?: Partial<UiState>;
  readonly keymap?: readonly Binding[];
}

/** A console on the Overview, 80×24, live. */
export function createBareConsole({read, ui: initialUi, keymap}: BareOptions = {}): BareConsole {
  const time = createFakeTime(SAMPLE_NOW);
  const {ports, outside, answers} = createFakePorts(time.now);
  const readStore = createReadStore({
    now: time.now,
    schedule: time.schedule,
    isOutputBlocked: () => false,
    initial: {
      actor: 'ben',
      leafId: SAMPLE_LEAF,
      connection: {kind: 'live', since: SAMPLE_NOW},
      inventory: sampleInventory,
      history: sampleMessages,
      users: sampleUsers,
      containers: sampleContainers,
      ...read,
    },
  });
  const ui = createUiStore({columns: 80, rows: 24, now: SAMPLE_NOW, ...initialUi});
  const console = createConsole({
    read: readStore.store,
    ui,
    schedule: time.schedule,
    env: {TERM: 'xterm', LANG: 'C.UTF-8'},
    redraw: () => void outside.calls.push('redraw'),
    suspend: () => void outside.calls.push('suspend'),
    passOn: (name) => void outside.passedOn.push(name),
    ports,
  });
  return {
    console,
    readStore,
    time,
    outside,
    answers,
    ui: () => ui.getState(),
    press(bytes) {
      const decoder = createKeyDecoder();
      for (const event of [...decoder.push(Buffer.from(bytes)), ...decoder.flush()]) {
        routeKey(console, event, keymap);
      }
    },
    settled: () => new Promise((resolve) => setImmediate(resolve)),
  };
}
