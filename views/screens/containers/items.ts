import {ERROR_TEXTS} from '#domain/errors.ts';
import type {ContainerRow} from '#store/containers.ts';

import {columnWidths, rowSpans, titleSpans} from '../../components/table.ts';
import type {View} from '../../console.ts';
import {fieldItem, type ListItem, plainItem} from '../../lists.ts';
import {wrapProse} from '../../theme/fit.ts';
import type {Span} from '../../theme/paint.ts';
import {thousands} from '../../words/numbers.ts';
import {agoText} from '../../words/times.ts';
import {filterSpan} from '../ports/items.ts';
import {CONTAINER_COLUMNS} from './columns.ts';

/** The table's lines; or what is missing here, and what to do. */
export function containerItems(view: View): readonly ListItem[] {
  const {read, ui, lists, theme} = view;
  if (read.containers.limit !== null) {
    return limitItems(view);
  }
  const widths = columnWidths(CONTAINER_COLUMNS, ui.columns - 2);
  return lists.containers(read, ui).rows.map((row) => ({
    id: row.name,
    spans: (isSelected) => [
      {text: isSelected ? theme.glyphs.cursor : ' '},
      ...rowSpans(theme, CONTAINER_COLUMNS, widths, row, ui),
    ],
  }));
}

/** The line of titles above them. */
export function containerTitles({theme, ui}: View): readonly Span[] {
  const widths = columnWidths(CONTAINER_COLUMNS, ui.columns - 2);
  const {column: cursor, sort} = ui.lists.containers;
  return [{text: ' '}, ...titleSpans(theme, CONTAINER_COLUMNS, widths, {cursor, sort})];
}

/** ` 3 Containers  5 of 5  filter -        machined, read just now`. */
export function containerHeading({read, ui, lists, theme}: View): {
  readonly left: readonly Span[];
  readonly right: readonly Span[];
} {
  const {rows, total} = lists.containers(read, ui);
  const {limit, seenAt} = read.containers;
  const {filter, sort} = ui.lists.containers;
  const {ascending, descending} = theme.glyphs;
  const title = CONTAINER_COLUMNS.find(({id}) => id === sort?.column)?.title;
  const order =
    title === undefined
      ? ''
      : `sort ${title} ${sort?.isReversed === true ? descending : ascending}  `;
  const age = seenAt === null ? 'not read yet' : `read ${agoText(ui.now, seenAt)}`;
  const count =
    seenAt === null || limit !== null ? '' : `  ${thousands(rows.length)} of ${thousands(total)}`;
  return {
    left: [{text: ' 3 Containers', tone: 'title'}, {text: `${count}  `}, filterSpan(filter)],
    right: [
      {text: order},
      limit === null
        ? {text: `machined, ${age} `, tone: 'quiet'}
        : {text: 'LIMITED ', tone: 'warning'},
    ],
  };
}

/** What is behind the marked row. */
export function containerFoot({theme}: View, row: ContainerRow): readonly Span[] {
  const parts = [row.class, row.service, row.rootDirectory, row.addresses.slice(1).join(' ')];
  const text = parts.filter((part) => part !== null && part !== '').join(` ${theme.glyphs.dot} `);
  return [{text: ` ${row.name}: `, tone: 'strong'}, {text}];
}

const FIELD_CELLS = 13;

const AGAIN: readonly ListItem[] = [
  plainItem({text: ' '}),
  plainItem({text: ' It is tried again by itself, at least every half minute.', tone: 'quiet'}),
];

function limitItems({read, ui}: View): readonly ListItem[] {
  const {limit} = read.containers;
  if (limit === null) {
    return [];
  }
  const {sentence, remedy} = ERROR_TEXTS[limit.refused];
  const [first = '', ...more] = wrapProse(limit.detail, ui.columns - FIELD_CELLS);
  return [
    plainItem({text: ` containers cannot be seen: ${sentence}`, tone: 'warning'}),
    plainItem({text: ' '}),
    fieldItem('to do', remedy),
    fieldItem('seen', first, 'quiet'),
    ...more.map((line) => fieldItem('', line, 'quiet')),
    ...(limit.refused === 'not-kept' ? [] : AGAIN),
  ];
}
