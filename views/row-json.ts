import type {StoredMessage} from '#domain/message.ts';
import {titleOf} from '#store/ports.ts';

import type {View} from './console.ts';
import {markedId} from './screen-list.ts';
import {containerFields} from './screens/containers/columns.ts';
import {eventFields} from './screens/events/rows.ts';
import {portFields} from './screens/ports/columns.ts';
import {cellContext} from './screens/ports/rows.ts';
import {ueventFields} from './screens/udev/rows.ts';

/** The marked row: as JSON has it, and its cells whole, by column. */
export interface RowJson {
  readonly title: string;
  readonly value: unknown;
  readonly cells: Readonly<Record<string, string>>;
}

/** The row the cursor stands on; undefined where lines are no rows. */
export function rowJson(view: View): RowJson | undefined {
  const {ui} = view;
  switch (ui.detail?.kind) {
    case 'port':
      return portJson(view, ui.detail.portId);
    case 'container':
      return containerJson(view, ui.detail.name);
    case undefined:
      break;
  }
  const id = markedId(view);
  if (id === null) {
    return undefined;
  }
  switch (ui.screen) {
    case 'overview':
      return undefined;
    case 'ports':
      return portJson(view, id);
    case 'containers':
      return containerJson(view, id);
    case 'events':
      return eventJson(view, id);
    case 'udev':
      return ueventJson(view, id);
  }
}

function portJson({read, ui, selectors}: View, id: string): RowJson | undefined {
  const row = selectors.portRow(read, id);
  if (row === undefined) {
    return undefined;
  }
  const context = cellContext(ui, selectors.stakes(read, ui.caller));
  // JSON and copies are ISO.
  const cells = {...portFields(row, context), since: row.since};
  return {title: `${titleOf(row)} as port list --json gives it`, value: row, cells};
}

function containerJson({read, ui, selectors}: View, id: string): RowJson | undefined {
  const row = selectors.containerRows(read).find(({name}) => name === id);
  if (row === undefined) {
    return undefined;
  }
  const cells = {...containerFields(row, ui), since: row.since};
  return {title: `${row.name} as container list --json gives it`, value: row, cells};
}

function eventJson({read, ui, lists}: View, id: string): RowJson | undefined {
  const row = lists.events(read, ui).rows.find(({sequence}) => String(sequence) === id);
  if (row === undefined) {
    return undefined;
  }
  const value = messageJson(row.message);
  const time = row.at === null ? '' : new Date(row.at).toISOString();
  return {title: `Event ${id} as stored`, value, cells: {...eventFields(row), time}};
}

/** A message of the stream as it is stored, with its place. */
export function messageJson(message: StoredMessage): unknown {
  switch (message.kind) {
    case 'event':
      return {...message.event, sequence: message.sequence};
    case 'newer':
      return {...message.envelope, sequence: message.sequence};
    case 'unreadable':
      return message;
  }
}

function ueventJson({read, ui, lists}: View, id: string): RowJson | undefined {
  const entry = lists.uevents(read, ui).rows.find(({number}) => String(number) === id);
  if (entry === undefined) {
    return undefined;
  }
  const time = new Date(entry.at).toISOString();
  return {
    title: `Uevent ${entry.uevent.seqnum ?? '-'} from ${entry.uevent.source}`,
    value: {...entry.uevent, seenAt: time},
    cells: {...ueventFields(entry), time},
  };
}
