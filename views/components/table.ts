import type {CellSource} from '#store/cell-source.ts';
import type {Sort} from '#store/ui-store.ts';

import {cutEnd, cutMiddle, padEnd} from '../theme/fit.ts';
import type {Span, Tone} from '../theme/paint.ts';
import type {Theme} from '../theme/theme.ts';

/** A column of a table: what it says of a row, and how wide it may be. */
export interface Column<Row, Context> {
  readonly id: string;
  readonly title: string;
  text(row: Row, context: Context): string;
  /** Where its text is from: what `w` tells. */
  readonly source: CellSource;
  tone?(row: Row, context: Context): Tone;
  /** What it is sorted by when not by its text. */
  order?(row: Row): string;
  /** Cells at 80 columns. */
  readonly width: number;
  /** Its share of what a wider screen has more. */
  readonly grow: number;
  /** Paths and ids are cut in the middle. */
  readonly cut?: 'middle';
}

/** Widths of the columns on a screen of this many cells, a space between each. */
export function columnWidths<Row, Context>(
  columns: readonly Column<Row, Context>[],
  cells: number,
): readonly number[] {
  const fixed = columns.reduce((sum, {width}) => sum + width + 1, -1);
  const shares = columns.reduce((sum, {grow}) => sum + grow, 0);
  const extra = Math.max(0, cells - fixed);
  return columns.map(({width, grow}) =>
    shares === 0 ? width : width + Math.floor((extra * grow) / shares),
  );
}

/** A row's cells, each in its column's width. */
export function rowSpans<Row, Context>(
  theme: Theme,
  columns: readonly Column<Row, Context>[],
  widths: readonly number[],
  row: Row,
  context: Context,
): readonly Span[] {
  return columns.map((column, index) => {
    const width = widths[index] ?? column.width;
    const cut = column.cut === 'middle' ? cutMiddle : cutEnd;
    const text = cut(column.text(row, context), width, theme.glyphs.ellipsis);
    const isLast = index === columns.length - 1;
    const tone = column.tone?.(row, context);
    return {text: isLast ? text : padEnd(text, width + 1), ...(tone === undefined ? {} : {tone})};
  });
}

/** The titles: the column under ← → stands out, the sorted one has an arrow. */
export function titleSpans<Row, Context>(
  theme: Theme,
  columns: readonly Column<Row, Context>[],
  widths: readonly number[],
  {cursor, sort}: {readonly cursor: number; readonly sort: Sort | null},
): readonly Span[] {
  return columns.map(({id, title, width}, index) => {
    const {ascending, descending} = theme.glyphs;
    const arrow = sort?.column !== id ? '' : sort.isReversed ? descending : ascending;
    const cells = widths[index] ?? width;
    const text = cutEnd(title, cells - arrow.length, '') + arrow;
    const isLast = index === columns.length - 1;
    return {
      text: isLast ? text : padEnd(text, cells + 1),
      tone: index === cursor ? 'title' : 'quiet',
    };
  });
}

/** Rows in the order of one column's texts, numbers by value; without a sort, as they came. */
export function sortRows<Row, Context>(
  rows: readonly Row[],
  columns: readonly Column<Row, Context>[],
  sort: Sort | null,
  {context, compare}: {context: Context; compare(a: string, b: string): number},
): readonly Row[] {
  const column = columns.find(({id}) => id === sort?.column);
  if (column === undefined || sort === null) {
    return rows;
  }
  const keyed = rows.map((row) => ({row, key: column.order?.(row) ?? column.text(row, context)}));
  keyed.sort((a, b) => compare(a.key, b.key));
  const sorted = keyed.map(({row}) => row);
  return sort.isReversed ? sorted.reverse() : sorted;
}
