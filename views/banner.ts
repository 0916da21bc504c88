import type {Plug} from '#store/plugs.ts';
import type {ReadState} from '#store/read-store.ts';
import type {UiState} from '#store/ui-store.ts';

/** How long a banner stays over SSH; on the physical console it stays until looked at. */
export const BANNER_MS = 60_000;

/** The plug whose banner is shown now. */
export function bannerPlug({plugs}: ReadState, ui: UiState): Plug | null {
  const [newest] = plugs;
  if (newest === undefined || newest.sequence <= ui.bannerSeen) {
    return null;
  }
  const isOver = ui.isRemote && ui.now - newest.at > BANNER_MS;
  return isOver || ui.overlay !== null ? null : newest;
}
