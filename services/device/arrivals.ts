import type {Clock} from '#contracts/clock.ts';

/** A hub that moved is told of with what is behind it, or after this without. */
export const TOGETHER_MS = 3000;

/** Hubs that are there, and are told of when what was behind them has come, too. */
export interface Arrivals {
  /** Asked again and again: true for TOGETHER_MS from the first time on. */
  isAwaited(position: string): boolean;
  /** Forgets the places where nothing is any more. */
  keep(isThere: (position: string) => boolean): void;
  stop(): void;
}

/** Nothing has come yet. Calls `onDue` when something has been awaited long enough. */
export function createArrivals(clock: Clock, onDue: () => void): Arrivals {
  const since = new Map<string, {readonly firstMs: number; readonly cancel: () => void}>();
  return {
    isAwaited(position) {
      const nowMs = clock.monotonicMs();
      const known = since.get(position);
      if (known === undefined) {
        since.set(position, {firstMs: nowMs, cancel: clock.after(TOGETHER_MS, onDue)});
      }
      return nowMs - (known?.firstMs ?? nowMs) < TOGETHER_MS;
    },
    keep(isThere) {
      for (const [position, {cancel}] of [...since].filter(([place]) => !isThere(place))) {
        cancel();
        since.delete(position);
      }
    },
    stop() {
      for (const {cancel} of since.values()) {
        cancel();
      }
    },
  };
}
