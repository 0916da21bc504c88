import type {StoreApi} from 'zustand/vanilla';

import type {Schedule} from '#store/coalescer.ts';
import type {ReadState} from '#store/read-store.ts';
import type {UiState} from '#store/ui-store.ts';

const SECOND = 1_000;
/** The clock shows minutes and ages go in tens of seconds: drawing more often would be for nothing. */
const CALM_MS = 10 * SECOND;

export interface ClockOptions {
  readonly schedule: Schedule;
  now(): number;
  readonly read: StoreApi<ReadState>;
  readonly ui: StoreApi<UiState>;
}

/**
 * Moves the time on screen on until the returned function is called: every 10 s, and every second
 * while the header counts how stale the picture is.
 */
export function startClock({schedule, now, read, ui}: ClockOptions): () => void {
  let cancel = (): void => {};
  const plan = (): void => {
    const step = read.getState().connection.kind === 'live' ? CALM_MS : SECOND;
    cancel();
    cancel = schedule(step - (now() % step), () => {
      ui.setState({now: now()});
      plan();
    });
  };
  const stop = read.subscribe((state, before) => {
    if (state.connection !== before.connection) {
      ui.setState({now: now()});
      plan();
    }
  });
  plan();
  return () => {
    stop();
    cancel();
  };
}
