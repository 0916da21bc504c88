import type {ReadState} from '#store/read-store.ts';
import type {UiState} from '#store/ui-store.ts';

import {bannerPlug} from './banner.ts';

/** Lines of the screen in use: the last one stays free, or a full screen would scroll. */
export const usedRows = (rows: number): number => Math.max(8, rows - 1);

const BANNER_ROWS = 4;
/** Header and footer. */
const FRAME_ROWS = 2;

/** Lines of what lies over the screen. Help and viewer take the whole body. */
export function overlayRows({overlay, rows}: UiState): number {
  const body = usedRows(rows) - FRAME_ROWS;
  switch (overlay?.kind) {
    case undefined:
      return 0;
    case 'prompt':
      // It is typed in the footer's place, with a line of help above.
      return overlay.purpose.kind === 'filter' ? 0 : 1;
    case 'dialog':
      return Math.min(
        body,
        overlay.dialog.facts.length + (overlay.dialog.mustType === undefined ? 3 : 4),
      );
    case 'menu':
      return Math.min(body, menuRows(body));
    case 'help':
    case 'viewer':
    case 'jobs':
    case 'why':
    case 'chain':
      return body;
  }
}

/** The menu takes at most half of the body. */
export const menuRows = (body: number): number => Math.max(6, Math.floor(body / 2));

/** Lines between header and footer that are the screen's own. */
export function bodyRows(read: ReadState, ui: UiState): number {
  const banner = bannerPlug(read, ui) === null ? 0 : BANNER_ROWS;
  return Math.max(0, usedRows(ui.rows) - FRAME_ROWS - overlayRows(ui) - banner);
}
