import {emptySpans, ListScreen} from '../../components/list-screen.tsx';
import {ruleSpans} from '../../components/titles.ts';
import type {View} from '../../console.ts';
import {markedId} from '../../screen-list.ts';
import {ueventHeading, ueventTitles} from './items.ts';

/** The raw records of kernel and udev, as they come; nothing of this is stored. */
export function UdevScreen({view, height}: {readonly view: View; readonly height: number}) {
  const {read, ui, theme, lists} = view;
  const {rows, total} = lists.uevents(read, ui);
  const id = markedId(view);
  const entry = rows.find(({number}) => String(number) === id);
  const properties = Object.entries(entry?.uevent.properties ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join('  ');
  return (
    <ListScreen
      view={view}
      height={height}
      heading={ueventHeading(view)}
      above={[ueventTitles(view)]}
      below={[
        ruleSpans(theme, ui.columns),
        [{text: ` ${entry?.uevent.devpath ?? ''}`}],
        [{text: ` ${properties}`, tone: 'quiet'}],
      ]}
      empty={emptySpans(
        view,
        ui.lists.udev.filter,
        total,
        'no uevent since this console opened; plug something in',
      )}
    />
  );
}
