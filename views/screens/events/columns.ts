import type {CellSource} from '#store/cell-source.ts';
import type {EventRow} from '#store/selectors.ts';

import type {Column} from '../../components/table.ts';
import {ageText, clockText} from '../../words/times.ts';

/** What an event's cells need beside its row. */
export interface EventContext {
  readonly now: number;
  readonly dates: 'usual' | 'other';
}

/** Every cell of an event is the event's own. */
const source: CellSource = {kind: 'event'};

const WHEN: Column<EventRow, EventContext> = {
  id: 'time',
  title: 'TIME',
  text({at}, {now, dates}) {
    if (at === null) {
      return '-';
    }
    return dates === 'usual' ? clockText(at) : ageText(now, at);
  },
  source,
  width: 8,
  grow: 0,
  tone: () => 'quiet',
  order: ({sequence}) => String(sequence),
};

const REST: readonly Column<EventRow, EventContext>[] = [
  {
    id: 'object',
    title: 'OBJECT',
    text: ({words}) => words.object,
    source,
    width: 13,
    grow: 1,
    tone: () => 'strong',
  },
  {id: 'what', title: 'WHAT', text: ({words}) => words.what, source, width: 10, grow: 0},
  {id: 'detail', title: 'DETAIL', text: ({words}) => words.detail, source, width: 23, grow: 4},
  {id: 'who', title: 'WHO', text: ({words}) => words.who, source, width: 6, grow: 1},
  {id: 'by', title: 'BY', text: ({words}) => words.by, source, width: 7, grow: 0},
];

/** The table of events; 79 wide at 80 columns, with one cell for the cursor before it. */
export const EVENT_COLUMNS: readonly Column<EventRow, EventContext>[] = [
  WHEN,
  {id: 'seq', title: 'SEQ', text: ({sequence}) => String(sequence), source, width: 6, grow: 0},
  ...REST,
];

/** The last changes on the overview: the same without the sequence. */
export const CHANGE_COLUMNS: readonly Column<EventRow, EventContext>[] = [WHEN, ...REST];
