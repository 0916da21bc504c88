import type {PortRow} from '#store/ports.ts';

import {columnWidths, rowSpans, titleSpans} from '../../components/table.ts';
import type {View} from '../../console.ts';
import type {ListItem} from '../../lists.ts';
import type {Span} from '../../theme/paint.ts';
import {thousands} from '../../words/numbers.ts';
import type {CellContext} from './cells.ts';
import {PORT_COLUMNS, PORT_FOOT, PORT_SIGN, signTone} from './columns.ts';

/** Cells before the first column: cursor, sign, mark. */
const LEAD = 3;

/** The table's lines. */
export function portItems(view: View): readonly ListItem[] {
  const {rows, context} = view.lists.ports(view.read, view.ui);
  const widths = columnWidths(PORT_COLUMNS, view.ui.columns - LEAD);
  return rows.map((row) => ({
    id: row.id,
    spans: (isSelected) => [
      ...leadSpans(view, row, context, isSelected),
      ...rowSpans(view.theme, PORT_COLUMNS, widths, row, context),
    ],
  }));
}

/** The line of titles above them. */
export function portTitles({theme, ui}: View): readonly Span[] {
  const widths = columnWidths(PORT_COLUMNS, ui.columns - LEAD);
  const {column: cursor, sort} = ui.lists.ports;
  return [{text: ' '.repeat(LEAD)}, ...titleSpans(theme, PORT_COLUMNS, widths, {cursor, sort})];
}

/** ` 2 Ports  23 of 87 (v: show all)  filter -        sort PORT ↑`. */
export function portHeading({read, ui, lists, theme}: View): {
  readonly left: readonly Span[];
  readonly right: readonly Span[];
} {
  const {rows, total, hidden} = lists.ports(read, ui);
  const {filter, sort, marked} = ui.lists.ports;
  const hint =
    hidden > 0
      ? ` (v: ${ui.showsHidden ? 'hide' : 'show'} built-in)`
      : ui.showsHidden
        ? ' (v: hide built-in)'
        : '';
  const {ascending, descending} = theme.glyphs;
  const title = PORT_COLUMNS.find(({id}) => id === sort?.column)?.title;
  const order =
    title === undefined
      ? ui.showsTree
        ? 'tree'
        : ''
      : `sort ${title} ${sort?.isReversed === true ? descending : ascending}`;
  const marks = marked.size === 0 ? '' : `${marked.size} marked  `;
  return {
    left: [
      {text: ' 2 Ports', tone: 'title'},
      {text: `  ${thousands(rows.length)} of ${thousands(total)}${hint}  `},
      filterSpan(filter),
    ],
    right: [{text: `${marks}${order} `}],
  };
}

/** The filter as a title shows it. */
export const filterSpan = (filter: string): Span =>
  filter === '' ? {text: 'filter -', tone: 'quiet'} : {text: `filter ${filter}`, tone: 'warning'};

/** What the signs mean. */
export const PORT_LEGEND =
  ' - absent x disabled ! fault ? ambiguous * asked + new @ you ^ last # boot';

/** Where the marked port is, and what the kernel calls it. */
export function portFoot({theme}: View, row: PortRow, context: CellContext): readonly Span[] {
  const parts = PORT_FOOT.map((fact) => fact.text(row, context));
  const text = parts.filter((part) => part !== '').join(` ${theme.glyphs.dot} `);
  return [{text: ` ${row.label ?? row.name}: `, tone: 'strong'}, {text}];
}

function leadSpans(
  {ui, theme}: View,
  row: PortRow,
  context: CellContext,
  isSelected: boolean,
): readonly Span[] {
  const mark = ui.lists.ports.marked.has(row.id) ? '=' : ' ';
  return [
    {text: isSelected ? theme.glyphs.cursor : ' '},
    {text: `${PORT_SIGN.text(row, context)}${mark}`, tone: signTone(row, context)},
  ];
}
