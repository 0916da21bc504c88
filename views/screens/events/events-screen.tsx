import {emptySpans, ListScreen} from '../../components/list-screen.tsx';
import {ruleSpans} from '../../components/titles.ts';
import type {View} from '../../console.ts';
import {markedId} from '../../screen-list.ts';
import type {Span} from '../../theme/paint.ts';
import {eventDetail} from './detail.ts';
import {eventHeading, eventTitles} from './items.ts';

/** Every change, oldest first, with what U would do to the marked one. */
export function EventsScreen({view, height}: {readonly view: View; readonly height: number}) {
  const {read, ui, theme, lists} = view;
  const {rows, total} = lists.events(read, ui);
  const id = markedId(view);
  const row = rows.find(({sequence}) => String(sequence) === id);
  const blank: readonly Span[] = [{text: ' '}];
  const detail = row === undefined ? [blank, blank, blank] : eventDetail(view, row);
  const kinds = ui.eventKinds === 'all' ? '' : ` of these kinds (f: others)`;
  return (
    <ListScreen
      view={view}
      height={height}
      heading={eventHeading(view)}
      above={[eventTitles(view)]}
      below={[ruleSpans(theme, ui.columns), ...detail]}
      empty={emptySpans(
        view,
        ui.lists.events.filter,
        total,
        `no event${kinds} yet; plug something in`,
      )}
    />
  );
}
