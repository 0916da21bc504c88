import {Box, Text} from 'ink';
import SelectInput from 'ink-select-input';

import type {View} from '../console.ts';
import {viewOf} from '../console.ts';
import {useConsole} from '../hooks/use-console.ts';
import {runBinding} from '../key-router.ts';
import {type MenuItem, menuItems} from '../menu-items.ts';
import {cutEnd, padEnd, widthOf} from '../theme/fit.ts';
import {paintLine, type Span} from '../theme/paint.ts';
import {keyText} from '../words/keys.ts';
import {Line} from './line.tsx';
import {sectionSpans} from './titles.ts';

interface ActionMenuProps {
  readonly view: View;
  readonly title: string;
  readonly height: number;
}

/** The actions of the row, each with its key; impossible ones with the reason. */
export function ActionMenu({view, title, height}: ActionMenuProps) {
  const console = useConsole();
  const items = menuItems(view).map(({binding}) => ({
    label: binding.action.id,
    value: binding.action.id,
  }));
  return (
    <Box flexDirection="column" height={height} flexShrink={0}>
      <Line spans={sectionSpans(view.theme, title, view.ui.columns)} />
      <SelectInput
        items={items}
        limit={height - 1}
        indicatorComponent={Indicator}
        itemComponent={Item}
        onSelect={({value}) => {
          const found = menuItems(viewOf(console)).find(({binding}) => binding.action.id === value);
          if (found !== undefined) {
            runBinding(console, found.binding, {kind: 'key', name: 'enter', text: null});
          }
        }}
      />
    </Box>
  );
}

function Indicator({isSelected = false}: {readonly isSelected?: boolean | undefined}) {
  const {theme} = useConsole();
  return (
    <Text>
      {isSelected ? paintLine(theme, {spans: [{text: theme.glyphs.cursor, tone: 'mark'}]}, 1) : ' '}
    </Text>
  );
}

const KEY_CELLS = 7;
const TITLE_MIN = 16;

function Item({
  isSelected = false,
  label,
}: {
  readonly isSelected?: boolean | undefined;
  readonly label: string;
}) {
  const console = useConsole();
  const view = viewOf(console);
  const item = menuItems(view).find(({binding}) => binding.action.id === label);
  if (item === undefined) {
    return null;
  }
  const spans = itemSpans(item, view.ui.columns - 2, console.theme.glyphs.ellipsis);
  return (
    <Text wrap="truncate">
      {paintLine(console.theme, {spans, isSelected}, view.ui.columns - 1)}
    </Text>
  );
}

/** Key and title; where it cannot be done, the reason is what has to be read whole. */
function itemSpans({binding, refusal}: MenuItem, cells: number, ellipsis: string): readonly Span[] {
  const key = padEnd(keyText(binding.keys[0] ?? ''), KEY_CELLS);
  const {title} = binding.action;
  if (refusal === null) {
    return [{text: key, tone: 'mark'}, {text: title}];
  }
  const room = Math.max(TITLE_MIN, cells - KEY_CELLS - widthOf(refusal) - 3);
  return [{text: `${key}${cutEnd(title, room, ellipsis)} (${refusal})`, tone: 'quiet'}];
}
