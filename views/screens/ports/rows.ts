import {type Filter, matchesFilter, parseFilter} from '#domain/filter.ts';
import {portTree} from '#domain/port/tree.ts';
import {isHiddenByDefault} from '#domain/port/visibility.ts';
import {keepLast} from '#store/memo.ts';
import {compareTexts, type PortRow} from '#store/ports.ts';
import type {ReadState} from '#store/read-store.ts';
import type {Selectors} from '#store/selectors.ts';
import type {Sort, UiState} from '#store/ui-store.ts';

import {sortRows} from '../../components/table.ts';
import type {CellContext} from './cells.ts';
import {PORT_COLUMNS, portFields} from './columns.ts';

/** The rows of the screen, and how many there would be without filter or hiding. */
export interface PortList {
  readonly rows: readonly PortRow[];
  /** How deep each port is in the tree; none where none is shown. */
  readonly depths: ReadonlyMap<string, number>;
  readonly total: number;
  readonly hidden: number;
}

/** What cells need of the stores. */
export const cellContext = (ui: UiState, stakes: CellContext['stakes']): CellContext => ({
  now: ui.now,
  dates: ui.dates,
  pendingTargets: new Set(ui.pending.map(({target}) => target)),
  litSince: ui.identify === null || ui.identify.until < ui.now ? null : ui.identify.from,
  depths: new Map(),
  stakes,
});

interface ListOptions {
  readonly filter: Filter;
  readonly sort: Sort | null;
  readonly showsHidden: boolean;
  readonly showsTree: boolean;
}

/** The list as filter, sort and `v` have it. */
export function selectPortList(
  rows: readonly PortRow[],
  {filter, sort, showsHidden, showsTree}: ListOptions,
  context: CellContext,
): PortList {
  const shown = showsHidden ? rows : rows.filter((row) => !isHiddenByDefault(row));
  const found =
    filter.length === 0
      ? shown
      : shown.filter((row) => matchesFilter(filter, portFields(row, context)));
  const ordered =
    sort === null
      ? physicalFirst(found)
      : sortRows(found, PORT_COLUMNS, sort, {context, compare: compareTexts});
  const tree = showsTree && sort === null ? portTree(ordered) : [];
  return {
    rows: tree.length > 0 ? tree.map(({row}) => row) : ordered,
    depths: new Map(tree.map(({row, depth}) => [row.id, depth])),
    total: rows.length,
    hidden: rows.length - shown.length,
  };
}

/** Virtual ports stand below the physical ones. */
const physicalFirst = (rows: readonly PortRow[]): readonly PortRow[] => [
  ...rows.filter(({kind}) => kind !== 'virtual'),
  ...rows.filter(({kind}) => kind === 'virtual'),
];

/** A selector with a memory of its own: the list is computed once for each change of the stores. */
export function createPortListSelector(
  selectors: Selectors,
): (read: ReadState, ui: UiState) => PortList & {readonly context: CellContext} {
  const parse = keepLast(parseFilter);
  return keepLast((read: ReadState, ui: UiState) => {
    const rows = selectors.portRows(read);
    const {filter, sort} = ui.lists.ports;
    const context = cellContext(ui, selectors.stakes(read, ui.caller));
    const {showsHidden, showsTree} = ui;
    const options = {filter: parse(filter), sort, showsHidden, showsTree};
    const list = selectPortList(rows, options, context);
    return {...list, context: {...context, depths: list.depths}};
  });
}
