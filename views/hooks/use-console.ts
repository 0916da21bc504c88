import {createContext, useContext} from 'react';
import {useStore} from 'zustand';

import type {ReadState} from '#store/read-store.ts';
import type {UiState} from '#store/ui-store.ts';

import type {Console} from '../console.ts';

export const ConsoleContext = createContext<Console | null>(null);

/** Cells of a line. The size comes from the terminal through here, so that tests can set it. */
export const ColumnsContext = createContext(80);

/** The console around this component. */
export function useConsole(): Console {
  const console = useContext(ConsoleContext);
  if (console === null) {
    throw new TypeError('useConsole: no ConsoleContext around this component');
  }
  return console;
}

/** What the leaf says. Written at most a few times a second, so a screen may take it whole. */
export const useRead = (): ReadState => useStore(useConsole().read);

/** What the keys have set. */
export const useUi = (): UiState => useStore(useConsole().ui);

export const useColumns = (): number => useContext(ColumnsContext);
