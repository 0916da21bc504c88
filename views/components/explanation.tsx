import {Box} from 'ink';

import type {View} from '../console.ts';
import {cursorLine} from '../lists.ts';
import {type Explanation as ExplanationOverlay, explanationItems} from '../why-items.ts';
import {Line} from './line.tsx';
import {LineList} from './line-list.tsx';
import {sectionSpans} from './titles.ts';

interface ExplanationProps {
  readonly view: View;
  readonly overlay: ExplanationOverlay;
  readonly height: number;
}

/** Why a row is as it is, cell by cell, or the chain of events behind one of them. */
export function Explanation({view, overlay, height}: ExplanationProps) {
  const items = explanationItems(view, overlay);
  return (
    <Box flexDirection="column" height={height} flexShrink={0}>
      <Line spans={sectionSpans(view.theme, overlay.title, view.ui.columns)} />
      <LineList items={items} height={height - 1} cursor={cursorLine(items, overlay)} />
    </Box>
  );
}
