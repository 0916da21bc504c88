import {type ScreenId, withList} from '#store/ui-store.ts';

import {type Console, type View, viewOf} from './console.ts';
import {type CursorPlace, cursorLine, type ListItem} from './lists.ts';
import {containerDetailItems} from './screens/containers/detail.ts';
import {containerItems} from './screens/containers/items.ts';
import {eventItems} from './screens/events/items.ts';
import {overviewItems} from './screens/overview/items.ts';
import {detailItems} from './screens/ports/detail.ts';
import {portItems} from './screens/ports/items.ts';
import {ueventItems} from './screens/udev/items.ts';

/** The list that the arrows move in now. */
export interface ScreenList {
  readonly items: readonly ListItem[];
  /** Index of the marked line, -1: none. */
  readonly cursor: number;
}

/** Lists that show their end as long as nobody has gone up. */
const isFollowing = (screen: ScreenId): boolean => screen === 'events' || screen === 'udev';

/** The list of the screen or the detail that is open. */
export function screenList(view: View): ScreenList {
  const {ui} = view;
  if (ui.detail !== null) {
    const items = ui.detail.kind === 'port' ? detailItems(view) : containerDetailItems(view);
    return {items, cursor: cursorLine(items, ui.detail)};
  }
  const items = itemsOf(view);
  return {items, cursor: cursorLine(items, ui.lists[ui.screen], isFollowing(ui.screen))};
}

/** Id of the marked line. */
export function markedId(view: View): string | null {
  const {items, cursor} = screenList(view);
  return items[cursor]?.id ?? null;
}

/** Puts the cursor on a line. */
export function setCursor(console: Console, place: CursorPlace): void {
  const {ui} = viewOf(console);
  if (ui.detail !== null) {
    console.ui.setState({detail: {...ui.detail, ...place}});
    return;
  }
  console.ui.setState(withList(ui, ui.screen, place));
}

/** True when this list has an end that it follows. */
export const followsEnd = ({ui}: View): boolean => ui.detail === null && isFollowing(ui.screen);

function itemsOf(view: View): readonly ListItem[] {
  switch (view.ui.screen) {
    case 'overview':
      return overviewItems(view);
    case 'ports':
      return portItems(view);
    case 'containers':
      return containerItems(view);
    case 'events':
      return eventItems(view);
    case 'udev':
      return ueventItems(view);
  }
}
