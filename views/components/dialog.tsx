import {Box} from 'ink';

import type {Overlay} from '#store/overlay.ts';

import type {View} from '../console.ts';
import {padEnd, widthOf} from '../theme/fit.ts';
import type {Span} from '../theme/paint.ts';
import {Line} from './line.tsx';
import {cutSpans} from './titles.ts';

type DialogOverlay = Extract<Overlay, {kind: 'dialog'}>;

/** A question in a frame. The marked button has a sign and brackets, not only a colour. */
export function Dialog({view, overlay}: {readonly view: View; readonly overlay: DialogOverlay}) {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {dialogLines(view, overlay).map((spans, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a fixed text
        <Line key={row} spans={spans} />
      ))}
    </Box>
  );
}

const FOOT = ' Esc: no · Enter: the marked button · Tab: the other · early keys dropped ';

/** The dialog's lines: frame, facts, buttons, frame. */
export function dialogLines(
  {theme, ui}: View,
  {dialog, button, input}: DialogOverlay,
): readonly (readonly Span[])[] {
  const {glyphs} = theme;
  const inner = ui.columns - 2;
  const boxed = (spans: readonly Span[]): readonly Span[] => {
    const cut = cutSpans(spans, inner - 1, glyphs.ellipsis);
    const cells = cut.reduce((sum, {text}) => sum + widthOf(text), 0);
    return [
      {text: glyphs.vertical},
      ...cut,
      {text: padEnd('', inner - cells)},
      {text: glyphs.vertical},
    ];
  };
  const edge = (left: string, title: string, right: string): readonly Span[] => [
    {text: `${left}${glyphs.horizontal}`},
    {text: title, tone: 'strong'},
    {text: `${glyphs.horizontal.repeat(Math.max(0, inner - 1 - widthOf(title)))}${right}`},
  ];
  const facts = dialog.facts.map(({name, text}) =>
    boxed([{text: ` ${name.padEnd(9)}`, tone: 'quiet'}, {text}]),
  );
  const buttons = dialog.buttons.flatMap(({label}, index): readonly Span[] => {
    const isMarked = index === button;
    const text = `${isMarked ? glyphs.cursor : ' '}[ ${label} ]`;
    return [{text: '     '}, {text, tone: isMarked ? 'title' : 'plain'}];
  });
  return [
    edge(glyphs.topLeft, dialog.title, glyphs.topRight),
    ...facts,
    ...(dialog.mustType === undefined ? [] : [boxed(typedSpans(input.text, glyphs.caret))]),
    boxed(buttons),
    edge(glyphs.bottomLeft, FOOT, glyphs.bottomRight),
  ];
}

/** The line that a label is typed in. */
const typedSpans = (text: string, caret: string): readonly Span[] => [
  {text: ' Type the label to go on: '},
  {text, tone: 'strong'},
  {text: caret},
];
