import {type CellSource, derivedFrom, subjectOf, THE_LEAF} from '#store/cell-source.ts';
import {type SinceVisit, sinceVisit} from '#store/visit.ts';

import type {View} from '../../console.ts';
import {counted, thousands} from '../../words/numbers.ts';
import {agoText} from '../../words/times.ts';
import type {OverviewCell, OverviewLine} from './cell.ts';

/** What was since this person's last visit: the title's values, and the line of counts below. */
export interface VisitPart {
  readonly title: readonly OverviewCell[];
  readonly line: OverviewLine;
}

/** Id of that line. */
export const VISIT_ID = 'visit';

const HERE: CellSource = {kind: 'console', text: 'this console keeps where a visit ended'};

/** What was since the last visit; null: there was none. */
export function visitPart({read, ui, selectors}: View): VisitPart | null {
  const {visit, inventory, history} = read;
  if (visit === null) {
    return null;
  }
  const {sequence} = inventory;
  const rows = selectors.eventRows(history, inventory);
  const since = sinceVisit(rows, visit.sequence, sequence);
  const ago: readonly OverviewCell[] =
    visit.at === null
      ? []
      : [{title: 'last visit', text: agoText(ui.now, visit.at), source: HERE, subject: THE_LEAF}];
  const total = newestCell('events since', counted(since.total, 'event'), sequence);
  return {
    title: [...ago, total],
    line: {id: VISIT_ID, name: '', cells: countCells(since, sequence)},
  };
}

function countCells({total, isPartial, counts}: SinceVisit, newest: number): OverviewCell[] {
  const cells = counts.map(
    ({what, count, who, newest: last}): OverviewCell => ({
      title: what,
      text: `${thousands(count)} ${what}${who.length === 0 ? '' : ` (${who.join(', ')})`}`,
      source: {kind: 'event'},
      subject: subjectOf({sequences: [last]}),
    }),
  );
  const none = total === 0 ? 'nothing has changed' : 'no plug and no wish';
  return [
    ...(cells.length === 0 ? [newestCell('changes', none, newest)] : cells),
    ...(isPartial ? [newestCell('counted', 'among the newest 1,000', newest)] : []),
  ];
}

/** What is counted up to the newest event from where this console was left. */
const newestCell = (title: string, text: string, sequence: number): OverviewCell => ({
  title,
  text,
  source: derivedFrom({kind: 'event'}, HERE),
  subject: subjectOf({sequences: [sequence]}),
});
