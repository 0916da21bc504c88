import type {EventRow} from '#store/selectors.ts';

import {type Column, columnWidths, rowSpans, titleSpans} from '../../components/table.ts';
import type {View} from '../../console.ts';
import {type ListItem, plainItem} from '../../lists.ts';
import type {Span} from '../../theme/paint.ts';
import {thousands} from '../../words/numbers.ts';
import {dayText} from '../../words/times.ts';
import {filterSpan} from '../ports/items.ts';
import {EVENT_COLUMNS, type EventContext} from './columns.ts';

/** The list's lines, oldest first, with a line for each new date. */
export function eventItems(view: View): readonly ListItem[] {
  const {rows} = view.lists.events(view.read, view.ui);
  return withDates(view, rows, EVENT_COLUMNS);
}

/** Events as lines of a table, a date before the first of each day but a list that is all today. */
export function withDates(
  view: View,
  rows: readonly EventRow[],
  columns: readonly Column<EventRow, EventContext>[],
): readonly ListItem[] {
  const {ui, theme} = view;
  const context: EventContext = {now: ui.now, dates: ui.dates};
  const widths = columnWidths(columns, ui.columns - 2);
  const items: ListItem[] = [];
  let day = 'today';
  for (const row of rows) {
    const newDay = row.at === null ? day : dayText(ui.now, row.at);
    if (newDay !== day) {
      items.push(plainItem({text: `   --- ${newDay} ---`, tone: 'quiet'}));
      day = newDay;
    }
    items.push({
      id: String(row.sequence),
      spans: (isSelected) => [
        {text: isSelected ? theme.glyphs.cursor : ' '},
        ...rowSpans(theme, columns, widths, row, context),
      ],
    });
  }
  return items;
}

/** The line of titles above them. */
export function eventTitles({theme, ui}: View): readonly Span[] {
  const widths = columnWidths(EVENT_COLUMNS, ui.columns - 2);
  const {column: cursor} = ui.lists.events;
  return [{text: ' '}, ...titleSpans(theme, EVENT_COLUMNS, widths, {cursor, sort: null})];
}

/** ` 4 Events  plugs+wishes (f: kinds)  filter -         follow  918,206`. */
export function eventHeading({read, ui, lists}: View): {
  readonly left: readonly Span[];
  readonly right: readonly Span[];
} {
  const {rows, total} = lists.events(read, ui);
  const mode =
    ui.frozenHistory !== null ? 'PAUSED' : ui.lists.events.cursorId === null ? 'follow' : '';
  return {
    left: [
      {text: ' 4 Events', tone: 'title'},
      {
        text: `  ${ui.eventKinds} (f)  ${thousands(rows.length)} of the newest ${thousands(total)}  `,
      },
      filterSpan(ui.lists.events.filter),
    ],
    right: [
      {text: `${mode}  `, tone: mode === 'PAUSED' ? 'warning' : 'good'},
      {text: `${thousands(read.inventory.sequence)} `},
    ],
  };
}
