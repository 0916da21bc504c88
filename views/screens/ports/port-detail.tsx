import {portDetail} from '#store/ui-store.ts';

import {ListScreen} from '../../components/list-screen.tsx';
import type {View} from '../../console.ts';
import type {Span} from '../../theme/paint.ts';

const TABS = [
  {id: 'summary', title: 'Summary'},
  {id: 'properties', title: 'Properties'},
  {id: 'history', title: 'History'},
] as const;

/** One port: what it is, what is in it, who uses it, what happened to it. */
export function PortDetail({view, height}: {readonly view: View; readonly height: number}) {
  const {ui, read, selectors, theme} = view;
  const detail = portDetail(ui);
  const tabs = TABS.flatMap((tab): readonly Span[] => [
    {text: '  '},
    {
      text: tab.id === detail?.tab ? `[${tab.title}]` : ` ${tab.title} `,
      tone: tab.id === detail?.tab ? 'title' : 'plain',
    },
  ]);
  return (
    <ListScreen
      view={view}
      height={height}
      heading={{
        left: [
          {text: ' 2 Ports', tone: 'title'},
          {text: ` ${theme.glyphs.cursor} `},
          {text: selectors.names(read).port(detail?.portId ?? ''), tone: 'strong'},
        ],
        right: [{text: 'Tab:', tone: 'quiet'}, ...tabs, {text: ' '}],
      }}
      empty={[]}
    />
  );
}
