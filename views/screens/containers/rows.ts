import {matchesFilter, parseFilter} from '#domain/filter.ts';
import type {ContainerRow} from '#store/containers.ts';
import {keepLast} from '#store/memo.ts';
import {compareTexts} from '#store/ports.ts';
import type {ReadState} from '#store/read-store.ts';
import type {Selectors} from '#store/selectors.ts';
import type {UiState} from '#store/ui-store.ts';

import {sortRows} from '../../components/table.ts';
import {CONTAINER_COLUMNS, type ContainerContext, containerFields} from './columns.ts';

/** The containers on screen, and how many there are without the filter. */
export interface ContainerList {
  readonly rows: readonly ContainerRow[];
  readonly total: number;
}

/** A selector with a memory of its own. */
export function createContainerListSelector(
  selectors: Selectors,
): (read: ReadState, ui: UiState) => ContainerList {
  return keepLast((read: ReadState, ui: UiState): ContainerList => {
    const rows = selectors.containerRows(read);
    const {filter: text, sort} = ui.lists.containers;
    const context: ContainerContext = ui;
    const filter = parseFilter(text);
    const found =
      text === ''
        ? rows
        : rows.filter((row) => matchesFilter(filter, containerFields(row, context)));
    const order = {context, compare: compareTexts};
    return {rows: sortRows(found, CONTAINER_COLUMNS, sort, order), total: rows.length};
  });
}
