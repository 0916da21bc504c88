import {Box} from 'ink';

import type {View} from '../console.ts';
import {cursorLine} from '../lists.ts';
import {type ListOverlay, overlayItems, overlayTitle} from '../overlay-list.ts';
import {Line} from './line.tsx';
import {LineList} from './line-list.tsx';
import {sectionSpans} from './titles.ts';

interface ExplanationProps {
  readonly view: View;
  readonly overlay: ListOverlay;
  readonly height: number;
}

/** Why a row is as it is, cell by cell, the chain of events behind one of them, or the jobs. */
export function Explanation({view, overlay, height}: ExplanationProps) {
  const items = overlayItems(view, overlay);
  return (
    <Box flexDirection="column" height={height} flexShrink={0}>
      <Line spans={sectionSpans(view.theme, overlayTitle(view, overlay), view.ui.columns)} />
      <LineList items={items} height={height - 1} cursor={cursorLine(items, overlay)} />
    </Box>
  );
}
