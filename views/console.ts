import type {StoreApi} from 'zustand/vanilla';

import type {ConsolePorts} from '#store/console-actions.ts';
import type {ReadState} from '#store/read-store.ts';
import type {Selectors} from '#store/selectors.ts';
import type {UiState} from '#store/ui-store.ts';

import type {ContainerList} from './screens/containers/rows.ts';
import type {EventList} from './screens/events/rows.ts';
import type {CellContext} from './screens/ports/cells.ts';
import type {PortList} from './screens/ports/rows.ts';
import type {UeventList} from './screens/udev/rows.ts';
import type {Theme} from './theme/theme.ts';

/** The lists of the screens, each computed once for each change of the stores. */
export interface ScreenLists {
  ports(read: ReadState, ui: UiState): PortList & {readonly context: CellContext};
  containers(read: ReadState, ui: UiState): ContainerList;
  events(read: ReadState, ui: UiState): EventList;
  uevents(read: ReadState, ui: UiState): UeventList;
}

/** What a screen is drawn from. */
export interface View {
  readonly read: ReadState;
  readonly ui: UiState;
  readonly theme: Theme;
  readonly selectors: Selectors;
  readonly lists: ScreenLists;
}

/** What the screens and the actions work on. */
export interface Console {
  readonly read: StoreApi<ReadState>;
  readonly ui: StoreApi<UiState>;
  readonly ports: ConsolePorts;
  readonly selectors: Selectors;
  readonly lists: ScreenLists;
  readonly theme: Theme;
  /** Clears the terminal and draws everything again. */
  redraw(): void;
  /** Hands the terminal back, stops the process, takes it again. */
  suspend(): void;
  /** Hands a key on to the Ink component that is open: the key map decides which ones. */
  passOn(name: string): void;
  /** Calls once after a delay. */
  after(delayMs: number, callback: () => void): void;
}

/** The view as the stores have it now. */
export const viewOf = ({read, ui, ...rest}: Console): View =>
  viewFrom(rest, read.getState(), ui.getState());

/** The view of these states. In the past, ages count from then. */
export const viewFrom = (
  {theme, selectors, lists}: Pick<Console, 'theme' | 'selectors' | 'lists'>,
  read: ReadState,
  ui: UiState,
): View => ({
  read,
  ui: read.past === null ? ui : {...ui, now: Date.parse(read.past.time ?? '') || ui.now},
  theme,
  selectors,
  lists,
});
