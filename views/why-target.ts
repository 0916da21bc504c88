import {type CellSource, type CellSubject, subjectOf} from '#store/cell-source.ts';
import type {ExplainedCell} from '#store/overlay.ts';
import {titleOf} from '#store/ports.ts';
import {sourceLines} from '#store/source-lines.ts';

import type {View} from './console.ts';
import {markedId} from './screen-list.ts';
import {CONTAINER_COLUMNS} from './screens/containers/columns.ts';
import {CHANGE_ID, valueLines} from './screens/overview/items.ts';
import {PORT_COLUMNS, PORT_FOOT, PORT_SIGN} from './screens/ports/columns.ts';
import {EVENT_ID} from './screens/ports/detail.ts';
import {cellContext} from './screens/ports/rows.ts';
import {UEVENT_COLUMNS} from './screens/udev/items.ts';

/** What `w` asks about: an event itself, or the cells of a row, one of them marked. */
export type WhyTarget =
  | {readonly kind: 'event'; readonly sequence: number}
  | {
      readonly kind: 'cells';
      readonly title: string;
      readonly cells: readonly ExplainedCell[];
      /** Index of the cell under ← →. */
      readonly at: number;
    };

/** What the marked row is made from; null where there is no row. */
export function whyTarget(view: View): WhyTarget | null {
  const {ui} = view;
  const id = markedId(view);
  switch (ui.detail?.kind) {
    case 'port':
      return id?.startsWith(EVENT_ID) === true
        ? eventTarget(id.slice(EVENT_ID.length))
        : portTarget(view, ui.detail.portId);
    case 'container':
      return containerTarget(view, ui.detail.name);
    case undefined:
      break;
  }
  if (id === null) {
    return null;
  }
  switch (ui.screen) {
    case 'overview':
      return id.startsWith(CHANGE_ID)
        ? eventTarget(id.slice(CHANGE_ID.length))
        : overviewTarget(view, id);
    case 'ports':
      return portTarget(view, id);
    case 'containers':
      return containerTarget(view, id);
    case 'events':
      return eventTarget(id);
    case 'udev':
      return ueventTarget(view, id);
  }
}

const eventTarget = (id: string): WhyTarget => ({kind: 'event', sequence: Number(id)});

interface Told {
  readonly title: string;
  readonly text: string;
  readonly source: CellSource;
  readonly subject: CellSubject;
}

const cellsTarget = (view: View, title: string, cells: readonly Told[]): WhyTarget => ({
  kind: 'cells',
  title,
  at: view.ui.detail === null ? view.ui.lists[view.ui.screen].column : 0,
  cells: cells.map(({title: name, text, source, subject}) => ({
    title: name,
    text: text.trim(),
    lines: sourceLines(source, subject, view.read),
  })),
});

/** Every cell of a port's row, its sign, and what stands below the table when it is marked. */
function portTarget(view: View, id: string): WhyTarget | null {
  const {read, ui, selectors} = view;
  const row = selectors.portRow(read, id);
  if (row === undefined) {
    return null;
  }
  const context = cellContext(ui, selectors.stakes(read, ui.caller));
  const subject = subjectOf({portIds: [id]});
  const facts = [...PORT_COLUMNS, PORT_SIGN, ...PORT_FOOT].map(({title, text, source}) => ({
    title,
    text: text(row, context),
    source,
    subject,
  }));
  return cellsTarget(view, titleOf(row), facts);
}

function containerTarget(view: View, name: string): WhyTarget | null {
  const row = view.selectors.containerRows(view.read).find((each) => each.name === name);
  const subject = subjectOf({});
  const told = CONTAINER_COLUMNS.map(({title, text, source}) => ({
    title,
    text: row === undefined ? '' : text(row, view.ui),
    source,
    subject,
  }));
  return row === undefined ? null : cellsTarget(view, name, told);
}

function ueventTarget(view: View, id: string): WhyTarget | null {
  const {rows} = view.lists.uevents(view.read, view.ui);
  const entry = rows.find(({number}) => String(number) === id);
  if (entry === undefined) {
    return null;
  }
  const subject = subjectOf({seenAt: new Date(entry.at).toISOString()});
  const told = UEVENT_COLUMNS.map(({title, text, source}) => ({
    title,
    text: text(entry, view.ui),
    source,
    subject,
  }));
  return cellsTarget(view, `uevent ${entry.uevent.seqnum ?? '-'}`, told);
}

function overviewTarget(view: View, id: string): WhyTarget | null {
  const line = valueLines(view).find((candidate) => candidate.id === id);
  return line === undefined
    ? null
    : cellsTarget(view, line.name.trim() || (line.cells[0]?.text ?? ''), line.cells);
}
