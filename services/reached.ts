import type {Clock} from '#contracts/clock.ts';

/** Those who wait until the agent has applied what they have seen already. */
export interface Reached {
  /** Resolves when a sequence is applied, or has not been for long: it may never come. */
  wait(sequence: number): Promise<void>;
  /** Called with each sequence as it is applied. */
  applied(sequence: number): void;
}

/** An event is told to all by the server as soon as it is stored, a moment before we have applied it. */
const LIMIT_MS = 2000;

/** Nobody waits yet; the stream stands at its beginning. */
export function createReached(clock: Clock): Reached {
  const waiting = new Map<() => void, number>();
  let last = 0;
  return {
    wait(sequence) {
      if (sequence <= last) {
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const end = (): void => {
          cancel();
          waiting.delete(end);
          resolve();
        };
        const cancel = clock.after(LIMIT_MS, end);
        waiting.set(end, sequence);
      });
    },
    applied(sequence) {
      last = sequence;
      for (const [end, wanted] of waiting) {
        if (wanted <= sequence) {
          end();
        }
      }
    },
  };
}
