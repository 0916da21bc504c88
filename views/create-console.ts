import type {StoreApi} from 'zustand/vanilla';

import type {Schedule} from '#store/coalescer.ts';
import type {ConsolePorts} from '#store/console-actions.ts';
import type {ReadState} from '#store/read-store.ts';
import {createSelectors} from '#store/selectors.ts';
import type {UiState} from '#store/ui-store.ts';

import type {Console} from './console.ts';
import {createContainerListSelector} from './screens/containers/rows.ts';
import {createEventListSelector} from './screens/events/rows.ts';
import {createPortListSelector} from './screens/ports/rows.ts';
import {createUeventListSelector} from './screens/udev/rows.ts';
import {themeOf} from './theme/theme.ts';

export interface CreateConsoleOptions extends Pick<Console, 'redraw' | 'suspend' | 'passOn'> {
  readonly read: StoreApi<ReadState>;
  readonly ui: StoreApi<UiState>;
  readonly ports: ConsolePorts;
  readonly schedule: Schedule;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What screens and actions work on, with selectors of its own. */
export function createConsole({env, schedule, ...rest}: CreateConsoleOptions): Console {
  const selectors = createSelectors();
  return {
    ...rest,
    selectors,
    lists: {
      ports: createPortListSelector(selectors),
      containers: createContainerListSelector(selectors),
      events: createEventListSelector(selectors),
      uevents: createUeventListSelector(),
    },
    theme: themeOf(env),
    after: schedule,
  };
}
