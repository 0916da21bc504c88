import {liveSource} from '#store/cell-source.ts';
import type {UeventEntry} from '#store/read-store.ts';

import {type Column, columnWidths, rowSpans, titleSpans} from '../../components/table.ts';
import type {View} from '../../console.ts';
import type {ListItem} from '../../lists.ts';
import type {Span, Tone} from '../../theme/paint.ts';
import {thousands} from '../../words/numbers.ts';
import {ageText, clockText} from '../../words/times.ts';
import {filterSpan} from '../ports/items.ts';

interface UeventContext {
  readonly now: number;
  readonly dates: 'usual' | 'other';
}

const ACTION_TONES: Readonly<Record<string, Tone>> = {add: 'good', remove: 'warning'};

/** Every cell is the record's own. */
const source = liveSource('uevent');

/** The table of raw records. */
export const UEVENT_COLUMNS: readonly Column<UeventEntry, UeventContext>[] = [
  {
    id: 'time',
    title: 'TIME',
    text: ({at}, {now, dates}) => (dates === 'usual' ? clockText(at) : ageText(now, at)),
    source,
    width: 8,
    grow: 0,
    tone: () => 'quiet',
  },
  {
    id: 'seqnum',
    title: 'SEQNUM',
    text: ({uevent}) => String(uevent.seqnum ?? '-'),
    source,
    width: 7,
    grow: 0,
  },
  {id: 'source', title: 'FROM', text: ({uevent}) => uevent.source, source, width: 6, grow: 0},
  {
    id: 'action',
    title: 'ACTION',
    text: ({uevent}) => uevent.action,
    source,
    width: 7,
    grow: 0,
    tone: ({uevent}) => ACTION_TONES[uevent.action] ?? 'plain',
  },
  {
    id: 'subsystem',
    title: 'SUBSYSTEM',
    text: ({uevent}) => uevent.subsystem ?? '-',
    source,
    width: 10,
    grow: 0,
  },
  {
    id: 'devpath',
    title: 'DEVPATH',
    text: ({uevent}) => uevent.devpath,
    source,
    width: 35,
    grow: 1,
    cut: 'middle',
  },
];

/** The list's lines, oldest first. */
export function ueventItems({read, ui, lists, theme}: View): readonly ListItem[] {
  const context = {now: ui.now, dates: ui.dates};
  const widths = columnWidths(UEVENT_COLUMNS, ui.columns - 2);
  return lists.uevents(read, ui).rows.map((entry) => ({
    id: String(entry.number),
    spans: (isSelected) => [
      {text: isSelected ? theme.glyphs.cursor : ' '},
      ...rowSpans(theme, UEVENT_COLUMNS, widths, entry, context),
    ],
  }));
}

/** The line of titles above them. */
export function ueventTitles({theme, ui}: View): readonly Span[] {
  const widths = columnWidths(UEVENT_COLUMNS, ui.columns - 2);
  const {column: cursor} = ui.lists.udev;
  return [{text: ' '}, ...titleSpans(theme, UEVENT_COLUMNS, widths, {cursor, sort: null})];
}

/** ` 5 Udev  120 kept of 4,210 seen  filter -           live`. */
export function ueventHeading({read, ui, lists}: View): {
  readonly left: readonly Span[];
  readonly right: readonly Span[];
} {
  const {rows, total} = lists.uevents(read, ui);
  const isPaused = ui.frozenUevents !== null;
  const missed = read.ueventCount - (ui.frozenUevents?.at(-1)?.number ?? read.ueventCount);
  const mode = isPaused
    ? `PAUSED, ${thousands(missed)} more came`
    : ui.lists.udev.cursorId === null
      ? 'follow'
      : '';
  const shown =
    rows.length === total ? thousands(total) : `${thousands(rows.length)} of ${thousands(total)}`;
  return {
    left: [
      {text: ' 5 Udev', tone: 'title'},
      {text: `  ${shown} kept, ${thousands(read.ueventCount)} seen  `},
      filterSpan(ui.lists.udev.filter),
    ],
    right: [
      ...(ui.recording === null
        ? []
        : [{text: 'RECORDING, R ends it  ', tone: 'warning'} as const]),
      {text: `${mode} `, tone: isPaused ? 'warning' : 'good'},
    ],
  };
}
