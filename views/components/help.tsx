import {Box} from 'ink';

import {COMMANDS} from '#domain/commands.ts';
import {matchesFilter, parseFilter} from '#domain/filter.ts';
import type {Overlay} from '#store/overlay.ts';

import type {View} from '../console.ts';
import {bindingsOf} from '../key-router.ts';
import type {Binding} from '../keymap.ts';
import {padEnd} from '../theme/fit.ts';
import type {Span} from '../theme/paint.ts';
import {keyText} from '../words/keys.ts';
import {Line} from './line.tsx';
import {sectionSpans} from './titles.ts';

interface HelpProps {
  readonly view: View;
  readonly overlay: Extract<Overlay, {kind: 'help'}>;
  readonly height: number;
}

/** Every key that holds on this screen, and the commands of the CLI; typing filters it. */
export function Help({view, overlay, height}: HelpProps) {
  const lines = helpLines(view, overlay.input.text);
  const top = Math.min(overlay.top, Math.max(0, lines.length - (height - 1)));
  const title = `HELP  filter: ${overlay.input.text}${view.theme.glyphs.caret}`;
  return (
    <Box flexDirection="column" height={height} flexShrink={0}>
      <Line spans={sectionSpans(view.theme, title, view.ui.columns)} />
      {lines.slice(top, top + height - 1).map((spans, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are places on the screen, texts move
        <Line key={row} spans={spans} />
      ))}
    </Box>
  );
}

const KEY_CELLS = 16;

/** The lines of the help that fit a filter. */
export function helpLines(view: View, filter: string): readonly (readonly Span[])[] {
  const terms = parseFilter(filter);
  const rows = [...keyRows(view), ...commandRows()];
  const found = rows.filter(({key, text}) => matchesFilter(terms, {key, text}));
  if (found.length === 0) {
    return [[{text: ` 0 of ${rows.length} match; Esc closes, Ctrl-U clears`, tone: 'warning'}]];
  }
  return found.map(({key, text}) => [{text: ` ${padEnd(key, KEY_CELLS)}`, tone: 'mark'}, {text}]);
}

interface HelpRow {
  readonly key: string;
  readonly text: string;
}

function keyRows({ui}: View): readonly HelpRow[] {
  return bindingsOf({...ui, overlay: null}).map(({keys, action}: Binding) => ({
    key: keys.map(keyText).join(' '),
    text: action.title,
  }));
}

const commandRows = (): readonly HelpRow[] =>
  COMMANDS.map(({aggregate, verb, summary}) => ({key: `:${aggregate} ${verb}`, text: summary}));
