import {Box} from 'ink';

import {Line} from '../../components/line.tsx';
import {LineList} from '../../components/line-list.tsx';
import {emptySpans} from '../../components/list-screen.tsx';
import type {View} from '../../console.ts';
import {screenList} from '../../screen-list.ts';
import {tabSpans} from '../../words/header.ts';

/** Does anything need me? What was, what is, what changed. */
export function OverviewScreen({view, height}: {readonly view: View; readonly height: number}) {
  const {items, cursor} = screenList(view);
  return (
    <Box flexDirection="column" height={height} flexShrink={0} overflow="hidden">
      <Line spans={tabSpans(view)} />
      {items.length === 0 ? (
        <Line spans={emptySpans(view, '', 0, 'nothing is recorded yet; plug something in')} />
      ) : (
        <LineList items={items} height={height - 1} cursor={cursor} />
      )}
    </Box>
  );
}
