import {Box} from 'ink';
import {useRef} from 'react';

import {type ListItem, windowTop} from '../lists.ts';
import {Line} from './line.tsx';

interface LineListProps {
  readonly items: readonly ListItem[];
  readonly height: number;
  /** Index of the marked line, -1: none. */
  readonly cursor: number;
}

/** A list of which only the lines on screen are made; it scrolls no further than it must. */
export function LineList({items, height, cursor}: LineListProps) {
  const top = useRef(0);
  top.current = windowTop(top.current, cursor, items.length, height);
  const shown = items.slice(top.current, top.current + height);
  return (
    <Box flexDirection="column" height={height} flexShrink={0}>
      {shown.map((item, row) => {
        const isSelected = top.current + row === cursor;
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are places on the screen, texts move
        return <Line key={row} spans={item.spans(isSelected)} isSelected={isSelected} />;
      })}
    </Box>
  );
}
