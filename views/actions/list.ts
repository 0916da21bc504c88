import {withList} from '#store/ui-store.ts';

import {columnsOf} from '../columns.ts';
import {type Console, type View, viewOf} from '../console.ts';
import {bodyRows} from '../layout.ts';
import {moveCursor, moveToPart} from '../lists.ts';
import {followsEnd, markedId, screenList, setCursor} from '../screen-list.ts';
import {openPrompt} from './overlays.ts';
import type {ViewAction} from './view-action.ts';

/** Titles and panes beside the rows. */
const BESIDE_ROWS = 4;

function move(console: Console, by: number | 'first' | 'last'): void {
  const view = viewOf(console);
  const {items, cursor} = screenList(view);
  const place = moveCursor(items, cursor, by);
  const isAtEnd = place.cursorIndex === items.length - 1 && by !== 'first';
  // At its end a list that follows goes on following.
  setCursor(console, followsEnd(view) && isAtEnd ? {...place, cursorId: null} : place);
}

const page = (view: View): number => Math.max(1, bodyRows(view.read, view.ui) - BESIDE_ROWS);

const moving = (
  id: string,
  title: string,
  by: (view: View) => number | 'first' | 'last',
): ViewAction => ({
  id: `row.${id}`,
  title,
  run: (console) => move(console, by(viewOf(console))),
});

export const rowDown = moving('down', 'next row', () => 1);
export const rowUp = moving('up', 'row above', () => -1);
export const pageDown = moving('page-down', 'a page down', page);
export const pageUp = moving('page-up', 'a page up', (view) => -page(view));
export const firstRow = moving('first', 'first row', () => 'first');
export const lastRow = moving('last', 'last row; a live list follows again', () => 'last');

const turn = (id: string, title: string, by: 1 | -1): ViewAction => ({
  id: `part.${id}`,
  title,
  run(console) {
    const view = viewOf(console);
    const {items, cursor} = screenList(view);
    setCursor(console, moveToPart(items, cursor, by));
  },
});

export const nextPart = turn('next', 'next part', 1);
export const previousPart = turn('previous', 'previous part', -1);

const noColumns = ({ui}: View): string | null =>
  columnsOf(ui).length === 0 ? 'there are no columns here' : null;

const sideways = (id: string, title: string, by: 1 | -1): ViewAction => ({
  id: `column.${id}`,
  title,
  refusal: noColumns,
  run(console) {
    const {ui} = viewOf(console);
    const count = columnsOf(ui).length;
    const column = Math.min(Math.max(ui.lists[ui.screen].column + by, 0), count - 1);
    console.ui.setState(withList(ui, ui.screen, {column}));
  },
});

export const columnLeft = sideways('left', 'column to the left', -1);
export const columnRight = sideways('right', 'column to the right', 1);

export const sortByColumn: ViewAction = {
  id: 'sort',
  title: 'sort by this column; again: reversed; a third time: as it was',
  refusal: ({ui}) =>
    ui.screen === 'ports' || ui.screen === 'containers'
      ? null
      : 'events are in order of their sequence',
  run(console) {
    const {ui} = viewOf(console);
    const list = ui.lists[ui.screen];
    const column = columnsOf(ui)[list.column]?.id;
    if (column === undefined) {
      return;
    }
    const isSame = list.sort?.column === column;
    const sort = !isSame
      ? {column, isReversed: false}
      : list.sort?.isReversed === true
        ? null
        : {column, isReversed: true};
    console.ui.setState(withList(ui, ui.screen, {sort}));
  },
};

export const openFilter: ViewAction = {
  id: 'filter',
  title: 'filter: words, !word, column:word, "two words"',
  refusal: ({ui}) =>
    ui.screen === 'overview' || ui.detail !== null ? 'there is no list to filter here' : null,
  run(console) {
    const {ui} = viewOf(console);
    const before = ui.lists[ui.screen].filter;
    openPrompt(console, {kind: 'filter', before}, before);
  },
};

export const markRow: ViewAction = {
  id: 'mark',
  title: 'mark the row; a marked set goes through `a`',
  refusal: ({ui}) =>
    ui.screen === 'ports' && ui.detail === null ? null : 'rows are marked on Ports',
  run(console) {
    const view = viewOf(console);
    const id = markedId(view);
    if (id !== null) {
      const marked = new Set(view.ui.lists.ports.marked);
      if (!marked.delete(id)) {
        marked.add(id);
      }
      console.ui.setState(withList(view.ui, 'ports', {marked}));
      move(console, 1);
    }
  },
};

export const toggleHidden: ViewAction = {
  id: 'show-hidden',
  title: 'show or hide what the default hides',
  refusal: ({ui}) => (ui.screen === 'ports' ? null : 'nothing is hidden here'),
  run({ui}) {
    ui.setState(({showsHidden}) => ({showsHidden: !showsHidden}));
  },
};

/** t: a tree has an order of its own, so it ends a sort. */
export const toggleTree: ViewAction = {
  id: 'tree',
  title: 'ports below the hub or bridge they belong to, or one flat list',
  refusal: ({ui}) => (ui.screen === 'ports' && ui.detail === null ? null : 'there is no tree here'),
  run(console) {
    const {ui} = viewOf(console);
    const showsTree = ui.lists.ports.sort !== null || !ui.showsTree;
    console.ui.setState({...withList(ui, 'ports', {sort: null}), showsTree});
  },
};

export const toggleDates: ViewAction = {
  id: 'dates',
  title: 'dates relative or absolute',
  run(console) {
    console.ui.setState(({dates}) => ({dates: dates === 'usual' ? 'other' : 'usual'}));
  },
};
