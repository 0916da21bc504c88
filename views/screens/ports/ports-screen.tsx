import {emptySpans, ListScreen} from '../../components/list-screen.tsx';
import {ruleSpans} from '../../components/titles.ts';
import type {View} from '../../console.ts';
import {markedId} from '../../screen-list.ts';
import {PORT_LEGEND, portFoot, portHeading, portTitles} from './items.ts';
import {PortDetail} from './port-detail.tsx';

/** The inputs and outputs of this leaf, and who uses them; or the detail of one. */
export function PortsScreen({view, height}: {readonly view: View; readonly height: number}) {
  const {read, ui, theme, selectors, lists} = view;
  if (ui.detail !== null) {
    return <PortDetail view={view} height={height} />;
  }
  const id = markedId(view);
  const row = id === null ? undefined : selectors.portRow(read, id);
  const {total, context} = lists.ports(read, ui);
  const rule = ruleSpans(theme, ui.columns);
  return (
    <ListScreen
      view={view}
      height={height}
      heading={portHeading(view)}
      above={[portTitles(view), rule]}
      below={[
        rule,
        [{text: PORT_LEGEND, tone: 'quiet'}],
        row === undefined ? [{text: ' '}] : portFoot(view, row, context),
      ]}
      empty={emptySpans(view, ui.lists.ports.filter, total, 'no port seen yet; plug something in')}
    />
  );
}
