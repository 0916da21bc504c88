/** Waits for something to be seen, and tells when that was. */
export interface Sightings<T> {
  /** Something was seen at this time of `performance.now()`. */
  tell(seen: T, atMs: number): void;
  /** The time of the next sighting that fits. @throws an Error when there is none in time */
  next(what: string, fits: (seen: T) => boolean): Promise<number>;
}

interface Waiting<T> {
  readonly fits: (seen: T) => boolean;
  readonly resolve: (atMs: number) => void;
}

const LIMIT_MS = 10_000;

export function createSightings<T>(signal: AbortSignal): Sightings<T> {
  const waiting = new Set<Waiting<T>>();
  return {
    tell(seen, atMs) {
      for (const one of [...waiting].filter(({fits}) => fits(seen))) {
        waiting.delete(one);
        one.resolve(atMs);
      }
    },
    async next(what, fits) {
      signal.throwIfAborted();
      const {promise, resolve, reject} = Promise.withResolvers<number>();
      const timer = setTimeout(
        () => reject(new Error(`${what}: not seen within ${LIMIT_MS / 1000} s`)),
        LIMIT_MS,
      );
      const abort = (): void => reject(signal.reason);
      signal.addEventListener('abort', abort, {once: true});
      const one = {fits, resolve};
      waiting.add(one);
      try {
        return await promise;
      } finally {
        waiting.delete(one);
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
      }
    },
  };
}
