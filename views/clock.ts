import type {BatchedStore} from '#store/batch.ts';
import type {Schedule} from '#store/coalescer.ts';
import type {UiState} from '#store/ui-store.ts';

const SECOND = 1_000;

/** Moves the time on screen on, once a second, until the returned function is called. */
export function startClock(
  schedule: Schedule,
  now: () => number,
  {store}: BatchedStore<UiState>,
): () => void {
  let cancel = (): void => {};
  const tick = (): void => {
    const time = now();
    store.setState({now: time});
    cancel = schedule(SECOND - (time % SECOND), tick);
  };
  cancel = schedule(SECOND - (now() % SECOND), tick);
  return () => cancel();
}
