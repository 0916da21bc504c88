import {Box} from 'ink';

import type {Overlay} from '#store/overlay.ts';

import type {View} from '../console.ts';
import {Line} from './line.tsx';
import {sectionSpans} from './titles.ts';

interface ViewerProps {
  readonly view: View;
  readonly overlay: Extract<Overlay, {kind: 'viewer'}>;
  readonly height: number;
}

/** Lines of text over the whole body: JSON, and what a command printed. */
export function Viewer({view, overlay, height}: ViewerProps) {
  const {title, lines, top, left} = overlay;
  const last = Math.min(lines.length, top + height - 1);
  const place = `${title}  ${top + 1}-${last} of ${lines.length}`;
  return (
    <Box flexDirection="column" height={height} flexShrink={0}>
      <Line spans={sectionSpans(view.theme, place, view.ui.columns)} />
      {lines.slice(top, last).map((text, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are places on the screen, texts move
        <Line key={row} spans={[{text: ` ${[...text].slice(left).join('')}`}]} />
      ))}
    </Box>
  );
}
