import {liveSource, THE_LEAF} from '#store/cell-source.ts';
import type {Attention} from '#store/ports.ts';

import {cutSpans, sectionSpans, spreadSpans} from '../../components/titles.ts';
import type {View} from '../../console.ts';
import {type ListItem, plainItem} from '../../lists.ts';
import type {Span, Tone} from '../../theme/paint.ts';
import {CHANGE_COLUMNS} from '../events/columns.ts';
import {withDates} from '../events/items.ts';
import {isOfKinds} from '../events/rows.ts';
import {attentionCells} from './attention.ts';
import type {OverviewLine} from './cell.ts';
import {nowLines} from './now.ts';
import {visitPart} from './visit.ts';

/** How many of the last changes the overview lists at most. */
const CHANGES_MAX = 50;

/** The lines of the overview: what needs somebody, what was, what is, what changed. */
export const overviewItems = (view: View): readonly ListItem[] =>
  isUnread(view)
    ? []
    : [
        ...attentionItems(view),
        ...limitLines(view).map((line) => valuesItem(view, line, 'warning')),
        ...visitItems(view),
        section(view, 'NOW'),
        ...nowLines(view).map((line) => valuesItem(view, line)),
        ...changeItems(view),
      ];

/** There is no picture yet, or nothing in it. */
const isUnread = ({read: {inventory, history}}: View): boolean =>
  inventory.sequence === 0 && history.length === 0;

/** Every line that holds values, with all that is shown of it: those of the title above, too. */
export function valueLines(view: View): readonly OverviewLine[] {
  const visit = visitPart(view);
  return [
    ...view.selectors.attention(view.read).map((item) => ({
      id: attentionId(item),
      name: '',
      cells: attentionCells(view, item),
    })),
    ...limitLines(view),
    ...(visit === null ? [] : [{...visit.line, cells: [...visit.title, ...visit.line.cells]}]),
    ...nowLines(view),
  ];
}

/** Id of an attention's line, so that Enter finds it again. */
export const attentionId = ({code, target}: Attention): string => `attention:${code}:${target.id}`;

/** Id of the line that tells what LIMITED means. */
export const LIMITS_ID = 'limits';

/** Id of a change's line. */
export const CHANGE_ID = 'change:';

const SIGNS: Readonly<Record<Attention['level'], readonly [string, Tone]>> = {
  fault: ['!!', 'fault'],
  warning: ['! ', 'warning'],
  note: ['i ', 'mark'],
};

const section = ({theme, ui}: View, title: string): ListItem =>
  plainItem(...sectionSpans(theme, title, ui.columns));

function attentionItems(view: View): readonly ListItem[] {
  const list = view.selectors.attention(view.read);
  if (list.length === 0) {
    return [section(view, 'ATTENTION'), plainItem({text: ' Nothing needs you', tone: 'good'})];
  }
  return [
    section(view, `ATTENTION (${list.length})`),
    ...list.map((item) => attentionItem(view, item)),
  ];
}

/** What LIMITED in the header means, and the one command that ends it. */
const limitLines = ({read: {limits}}: View): readonly OverviewLine[] =>
  limits === null
    ? []
    : [
        {
          id: LIMITS_ID,
          name: 'LIMITED: ',
          cells: [{title: 'limit', text: limits, source: liveSource('limit'), subject: THE_LEAF}],
        },
      ];

/** Where there is room, a line says what Enter leads to. */
const WIDE = 100;

function attentionItem(view: View, attention: Attention): ListItem {
  const {theme, ui} = view;
  const [sign, tone] = SIGNS[attention.level];
  const [message, since] = attentionCells(view, attention);
  const where = ui.columns < WIDE ? '' : ` ${attention.target.kind}`;
  const right = `${(since?.text ?? '').padStart(5)} ${theme.glyphs.arrow}${where}`;
  return {
    id: attentionId(attention),
    spans: (isSelected) => {
      const left: readonly Span[] = [
        {text: isSelected ? theme.glyphs.cursor : ' '},
        {text: `${sign} `, tone},
        {text: message?.text ?? ''},
      ];
      return spreadSpans(
        cutSpans(left, ui.columns - right.length - 2, theme.glyphs.ellipsis),
        [{text: right, tone: 'quiet'}],
        ui.columns - 1,
      );
    },
  };
}

function visitItems(view: View): readonly ListItem[] {
  const visit = visitPart(view);
  if (visit === null) {
    return [];
  }
  const title = visit.title.map(({text}) => text);
  const [total = '', ago] = title.toReversed();
  const head = `SINCE YOUR LAST VISIT${ago === undefined ? '' : `, ${ago}`}: ${total}`;
  return [section(view, head), valuesItem(view, visit.line)];
}

const NAME_CELLS = 11;

/** A name and values, dots between them. */
function valuesItem(
  {theme}: View,
  {id, name, cells}: OverviewLine,
  tone: Tone = 'quiet',
): ListItem {
  const text = cells.map((cell) => cell.text).join(` ${theme.glyphs.dot} `);
  const head = name === '' ? '' : name.padEnd(NAME_CELLS);
  return {
    id,
    spans: (isSelected) => [
      {text: isSelected ? theme.glyphs.cursor : ' '},
      ...(head === '' ? [] : [{text: head, tone}]),
      {text},
    ],
  };
}

function changeItems(view: View): readonly ListItem[] {
  const {read, selectors} = view;
  const rows = selectors
    .eventRows(read.history, read.inventory)
    .filter((row) => isOfKinds(row, 'plugs+wishes'))
    .slice(-CHANGES_MAX)
    .reverse();
  const title = section(view, 'LAST CHANGES (plugs and wishes; 4 shows all)');
  if (rows.length === 0) {
    return [title, plainItem({text: ' none yet: plug something in', tone: 'quiet'})];
  }
  const items = withDates(view, rows, CHANGE_COLUMNS);
  return [
    title,
    ...items.map((item) => (item.id === null ? item : {...item, id: `${CHANGE_ID}${item.id}`})),
  ];
}
