import type {StoreApi} from 'zustand/vanilla';

/** A store whose listeners hear once of everything that a batch changes. */
export interface BatchedStore<State> {
  readonly store: StoreApi<State>;
  /** Runs the changes, then tells the listeners once. */
  batch(changes: () => void): void;
}

/** The same state behind it; only the telling waits while a batch runs. */
export function createBatchedStore<State>(inner: StoreApi<State>): BatchedStore<State> {
  const listeners = new Set<(state: State, before: State) => void>();
  let depth = 0;
  let told = inner.getState();
  const tell = (): void => {
    const state = inner.getState();
    if (depth === 0 && state !== told) {
      const before = told;
      told = state;
      for (const listener of [...listeners]) {
        listener(state, before);
      }
    }
  };
  inner.subscribe(tell);
  return {
    store: {
      ...inner,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    batch(changes) {
      depth += 1;
      try {
        changes();
      } finally {
        depth -= 1;
        tell();
      }
    },
  };
}
