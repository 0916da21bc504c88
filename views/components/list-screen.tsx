import {Box} from 'ink';

import type {View} from '../console.ts';
import {screenList} from '../screen-list.ts';
import type {Span} from '../theme/paint.ts';
import {Line} from './line.tsx';
import {LineList} from './line-list.tsx';
import {spreadSpans} from './titles.ts';

interface ListScreenProps {
  readonly view: View;
  readonly height: number;
  readonly heading: {readonly left: readonly Span[]; readonly right: readonly Span[]};
  /** Lines that stay above the rows. */
  readonly above?: readonly (readonly Span[])[];
  /** Lines that stay below the rows; left out where there is no room for them. */
  readonly below?: readonly (readonly Span[])[];
  /** What to say, and what to do, when there is no row. */
  readonly empty: readonly Span[];
}

/** Rows that still have to be seen before the lines below them give way. */
const ROWS_MIN = 4;

/** A screen that is a list: heading, titles, rows, and what is said of the marked one. */
export function ListScreen({
  view,
  height,
  heading,
  above = [],
  below = [],
  empty,
}: ListScreenProps) {
  const {items, cursor} = screenList(view);
  const room = height - 1 - above.length;
  const foot = room - below.length >= ROWS_MIN ? below : [];
  const rows = Math.max(0, room - foot.length);
  return (
    <Box flexDirection="column" height={height} flexShrink={0} overflow="hidden">
      <Line spans={spreadSpans(heading.left, heading.right, view.ui.columns)} />
      {above.map((spans, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are places on the screen, texts move
        <Line key={row} spans={spans} />
      ))}
      {items.length === 0 ? (
        <Box height={rows} flexShrink={0}>
          <Line spans={empty} />
        </Box>
      ) : (
        <LineList items={items} height={rows} cursor={cursor} />
      )}
      {foot.map((spans, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are places on the screen, texts move
        <Line key={row} spans={spans} />
      ))}
    </Box>
  );
}

/** What a list without rows says: loading, nothing fits, or nothing there. */
export function emptySpans(
  {read}: View,
  filter: string,
  total: number,
  whenNone: string,
): readonly Span[] {
  if (filter !== '' && total > 0) {
    return [{text: ` 0 of ${total} match; Esc clears`, tone: 'warning'}];
  }
  switch (read.connection.kind) {
    case 'connecting':
      return [
        {text: ' asking the leaf for its picture; if this lasts: cim-tui doctor', tone: 'quiet'},
      ];
    case 'stale':
      return [
        {
          text: ' the leaf does not answer; it comes back by itself, or: cim-tui doctor',
          tone: 'warning',
        },
      ];
    case 'live':
      return [{text: ` ${whenNone}`, tone: 'quiet'}];
  }
}
