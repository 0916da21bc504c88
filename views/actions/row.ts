import {columnsOf} from '../columns.ts';
import type {View} from '../console.ts';
import {type Console, viewOf} from '../console.ts';
import {rowJson} from '../row-json.ts';
import {markedId, screenList} from '../screen-list.ts';
import {attentionId, CHANGE_ID, LIMITS_ID} from '../screens/overview/items.ts';
import {NOW_ID} from '../screens/overview/now.ts';
import {VISIT_ID} from '../screens/overview/visit.ts';
import {EVENT_ID, NEXT_ROLE_ID} from '../screens/ports/detail.ts';
import {openJobs} from './jobs.ts';
import {showContainer, showEvent, showPort, showScreen} from './navigation.ts';
import {openOverlay, openViewer} from './overlays.ts';
import {offerRole} from './port.ts';
import {answer, type ViewAction} from './view-action.ts';
import {explain} from './why.ts';
import {failureText} from './wishes.ts';

const ENTER = {kind: 'key', name: 'enter', text: null} as const;

const noRow = (view: View): string | null =>
  screenList(view).cursor < 0 && view.ui.detail?.kind !== 'port' ? 'there is no row here' : null;

/** Enter: opens what the marked line is about. */
export const openRow: ViewAction = {
  id: 'open',
  title: 'open it',
  refusal: noRow,
  run(console) {
    const view = viewOf(console);
    const id = markedId(view);
    if (id?.startsWith(EVENT_ID) === true) {
      showEvent(console, id.slice(EVENT_ID.length));
    } else if (id === NEXT_ROLE_ID) {
      offerRole(console);
    } else if (view.ui.detail !== null) {
      openMenu.run(console, ENTER);
    } else if (id !== null) {
      openById(console, view, id);
    }
  },
};

function openById(console: Console, view: View, id: string): void {
  switch (view.ui.screen) {
    case 'overview':
      openFromOverview(console, view, id);
      return;
    case 'ports':
      showPort(console, id);
      return;
    case 'containers':
      showContainer(console, id);
      return;
    case 'events':
    case 'udev':
      showJson.run(console, ENTER);
  }
}

function openFromOverview(console: Console, view: View, id: string): void {
  if (id.startsWith(CHANGE_ID)) {
    showEvent(console, id.slice(CHANGE_ID.length));
    return;
  }
  if (id.startsWith(NOW_ID)) {
    openFromNow(console, view, id.slice(NOW_ID.length));
    return;
  }
  if (id === VISIT_ID || id === LIMITS_ID) {
    explain.run(console, ENTER);
    return;
  }
  const item = view.selectors.attention(view.read).find((each) => attentionId(each) === id);
  const target = item?.mend ?? item?.target;
  switch (target?.kind) {
    case 'port':
      showPort(console, target.id);
      return;
    case 'role':
      showScreen(console, 'ports');
      answer(console, `choose a port for role ${target.id}, then r`, 'note');
      return;
    case 'events':
      showEvent(console, target.id);
      return;
    case undefined:
      return;
  }
}

/** A line of what is now leads to the screen that has all of it; what has none tells where from. */
function openFromNow(console: Console, {read, selectors}: View, name: string): void {
  const uplink = selectors.portRows(read).find(({user}) => user.marks.includes('route'));
  switch (name) {
    case 'containers':
    case 'events':
      showScreen(console, name);
      return;
    case 'uplink':
      if (uplink !== undefined) {
        showPort(console, uplink.id);
        return;
      }
      break;
    case 'jobs':
      openJobs.run(console, ENTER);
      return;
    case 'ports':
    case 'plugged in':
      showScreen(console, 'ports');
      return;
  }
  explain.run(console, ENTER);
}

export const openMenu: ViewAction = {
  id: 'menu',
  title: 'actions on the row, each with its key',
  run: (console) => openOverlay(console, {kind: 'menu', highlighted: null}),
};

export const showJson: ViewAction = {
  id: 'json',
  title: 'the row as JSON',
  refusal: (view) => (rowJson(view) === undefined ? 'there is no row to show' : null),
  run(console) {
    const found = rowJson(viewOf(console));
    if (found !== undefined) {
      openViewer(console, found.title, JSON.stringify(found.value, null, 2).split('\n'));
    }
  },
};

/** c: the cell under the column cursor, or the whole line where there are no columns. */
export const copyCell: ViewAction = {
  id: 'copy',
  title: 'copy the cell under ← →',
  refusal: noRow,
  run(console) {
    const text = cellText(viewOf(console));
    console.ports
      .copy(text)
      .then((where) => answer(console, `copied "${text}" to ${where}`, 'done'))
      .catch((error: unknown) => answer(console, failureText(error), 'refused'));
  },
};

function cellText(view: View): string {
  const {ui} = view;
  const column = columnsOf(ui)[ui.lists[ui.screen].column]?.id;
  const found = rowJson(view);
  const cell = column === undefined ? undefined : found?.cells[column];
  const {items, cursor} = screenList(view);
  const line =
    items[cursor]
      ?.spans(false)
      .map(({text}) => text)
      .join('') ?? '';
  return (cell ?? line).trim();
}
