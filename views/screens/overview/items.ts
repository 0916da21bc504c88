import type {Attention} from '#store/ports.ts';
import {sinceVisit} from '#store/visit.ts';

import {cutSpans, sectionSpans, spreadSpans} from '../../components/titles.ts';
import type {View} from '../../console.ts';
import {type ListItem, plainItem} from '../../lists.ts';
import type {Span, Tone} from '../../theme/paint.ts';
import {counted, thousands} from '../../words/numbers.ts';
import {ageText} from '../../words/times.ts';
import {CHANGE_COLUMNS} from '../events/columns.ts';
import {withDates} from '../events/items.ts';
import {isOfKinds} from '../events/rows.ts';
import {nowLines} from './now.ts';

/** How many of the last changes the overview lists at most. */
const CHANGES_MAX = 50;

/** The lines of the overview: what needs somebody, what was, what is, what changed. */
export function overviewItems(view: View): readonly ListItem[] {
  return [
    ...attentionItems(view),
    ...limitItems(view),
    ...visitItems(view),
    section(view, 'NOW'),
    ...nowLines(view).map((spans) => plainItem(...spans)),
    ...changeItems(view),
  ];
}

/** Id of an attention's line, so that Enter finds it again. */
export const attentionId = ({code, target}: Attention): string => `attention:${code}:${target.id}`;

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
function limitItems({read}: View): readonly ListItem[] {
  return read.limits === null
    ? []
    : [plainItem({text: ' LIMITED: ', tone: 'warning'}, {text: read.limits})];
}

/** Where there is room, a line says what Enter leads to. */
const WIDE = 100;

function attentionItem({theme, ui}: View, attention: Attention): ListItem {
  const [sign, tone] = SIGNS[attention.level];
  const since = attention.since === null ? '' : ageText(ui.now, Date.parse(attention.since));
  const where = ui.columns < WIDE ? '' : ` ${attention.target.kind}`;
  const right = `${since.padStart(5)} ${theme.glyphs.arrow}${where}`;
  return {
    id: attentionId(attention),
    spans: (isSelected) => {
      const left: readonly Span[] = [
        {text: isSelected ? theme.glyphs.cursor : ' '},
        {text: `${sign} `, tone},
        {text: attention.message},
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
  const {read, ui, selectors} = view;
  const {visit, inventory, history} = read;
  if (visit === null) {
    return [];
  }
  const {total, isPartial, counts} = sinceVisit(
    selectors.eventRows(history, inventory),
    visit.sequence,
    inventory.sequence,
  );
  const ago = visit.at === null ? '' : `, ${ageText(ui.now, Date.parse(visit.at))} ago`;
  const title = section(view, `SINCE YOUR LAST VISIT${ago}: ${counted(total, 'event')}`);
  if (total === 0) {
    return [title, plainItem({text: ' nothing has changed', tone: 'quiet'})];
  }
  const parts = counts.map(({what, count, who}) =>
    who.length === 0
      ? `${thousands(count)} ${what}`
      : `${thousands(count)} ${what} (${who.join(', ')})`,
  );
  const text = parts.length === 0 ? 'no plug and no wish' : parts.join(' · ');
  return [title, plainItem({text: ` ${text}${isPartial ? ' · among the newest 1,000' : ''}`})];
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
