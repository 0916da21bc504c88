import type {View} from './console.ts';
import {containerFields} from './screens/containers/columns.ts';
import {eventFields} from './screens/events/rows.ts';
import {portFields} from './screens/ports/columns.ts';
import {cellContext} from './screens/ports/rows.ts';
import {ueventFields} from './screens/udev/rows.ts';

/** The columns a filter of this screen may name, as its rows have them; none while it has no row. */
export function filterNames({read, ui, selectors}: View): readonly string[] {
  switch (ui.screen) {
    case 'overview':
      return [];
    case 'ports': {
      const [row] = selectors.portRows(read);
      return row === undefined
        ? []
        : Object.keys(portFields(row, cellContext(ui, selectors.stakes(read, ui.caller))));
    }
    case 'containers': {
      const [row] = selectors.containerRows(read);
      return row === undefined ? [] : Object.keys(containerFields(row, ui));
    }
    case 'events': {
      const [row] = selectors.eventRows(read.history, read.inventory);
      return row === undefined ? [] : Object.keys(eventFields(row));
    }
    case 'udev': {
      const [entry] = read.uevents;
      return entry === undefined ? [] : Object.keys(ueventFields(entry));
    }
  }
}
