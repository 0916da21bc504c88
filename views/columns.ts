import type {UiState} from '#store/ui-store.ts';

import {CONTAINER_COLUMNS} from './screens/containers/columns.ts';
import {EVENT_COLUMNS} from './screens/events/columns.ts';
import {PORT_COLUMNS} from './screens/ports/columns.ts';
import {UEVENT_COLUMNS} from './screens/udev/items.ts';

/** The columns that ← → go through here. */
export function columnsOf({screen, detail}: UiState): readonly {readonly id: string}[] {
  if (detail !== null) {
    return [];
  }
  switch (screen) {
    case 'overview':
      return [];
    case 'ports':
      return PORT_COLUMNS;
    case 'containers':
      return CONTAINER_COLUMNS;
    case 'events':
      return EVENT_COLUMNS;
    case 'udev':
      return UEVENT_COLUMNS;
  }
}
