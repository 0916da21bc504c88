import type {Span} from './theme/paint.ts';

/** One line of a list. Lines without an id (titles, dates) are passed over by the cursor. */
export interface ListItem {
  readonly id: string | null;
  /** Only called for lines on screen. */
  spans(isSelected: boolean): readonly Span[];
}

/** A line that cannot be marked. */
export const plainItem = (...spans: readonly Span[]): ListItem => ({id: null, spans: () => spans});

/** A name in its column, and what is said of it. */
export const fieldItem = (name: string, text: string, tone: Span['tone'] = 'plain'): ListItem =>
  plainItem({text: ` ${name.padEnd(10)} `, tone: 'quiet'}, {text, tone});

/** Indices of the lines the cursor can stand on. */
const stopsOf = (items: readonly ListItem[]): readonly number[] =>
  items.flatMap(({id}, index) => (id === null ? [] : [index]));

export interface CursorPlace {
  readonly cursorId: string | null;
  readonly cursorIndex: number;
}

/**
 * Index of the line the cursor stands on, -1 when there is none: its id; else, when its line has
 * gone, the line that is now where it was. Without an id: the first line, or the last one.
 */
export function cursorLine(
  items: readonly ListItem[],
  {cursorId, cursorIndex}: CursorPlace,
  isFollowing = false,
): number {
  const stops = stopsOf(items);
  const ends = isFollowing ? stops.at(-1) : stops[0];
  if (cursorId === null) {
    return ends ?? -1;
  }
  const found = items.findIndex(({id}) => id === cursorId);
  return found >= 0 ? found : (stops.find((stop) => stop >= cursorIndex) ?? stops.at(-1) ?? -1);
}

/** Where the cursor is after a move by lines; `first` and `last` are the list's ends. */
export function moveCursor(
  items: readonly ListItem[],
  from: number,
  by: number | 'first' | 'last',
): CursorPlace {
  const stops = stopsOf(items);
  const here = stops.findIndex((stop) => stop >= from);
  const wanted = by === 'first' ? 0 : by === 'last' ? stops.length - 1 : Math.max(here, 0) + by;
  const stop = stops[Math.min(Math.max(wanted, 0), stops.length - 1)] ?? 0;
  return {cursorId: items[stop]?.id ?? null, cursorIndex: stop};
}

/** The first marked line of the next part: after the next title (a line without id), round. */
export function moveToPart(items: readonly ListItem[], from: number, by: 1 | -1): CursorPlace {
  const heads = items.flatMap(({id}, index) =>
    id !== null && (items[index - 1]?.id ?? null) === null ? [index] : [],
  );
  const part = heads.findLastIndex((head) => head <= from);
  const next = heads.at((Math.max(part, 0) + by) % Math.max(heads.length, 1)) ?? 0;
  return {cursorId: items[next]?.id ?? null, cursorIndex: next};
}

/** First line of a window of `height` lines that moves as little as it must to hold the cursor. */
export function windowTop(top: number, cursor: number, count: number, height: number): number {
  const highest = Math.max(0, count - height);
  if (cursor < 0) {
    return Math.min(top, highest);
  }
  // A title right above the first line comes into view with it.
  const wanted = cursor < top ? cursor : cursor >= top + height ? cursor - height + 1 : top;
  return Math.min(cursor <= 1 ? 0 : wanted, highest);
}
