import type {Clock} from '#contracts/clock.ts';
import type {Log} from '#contracts/log.ts';
import type {Occasion} from './control-tools.ts';

export interface TurnsOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** One turn of a port, decided on what is stored then. */
  readonly turn: (portId: string, occasion: Occasion) => Promise<void>;
}

/** One port is worked on by one turn at a time; what comes meanwhile is one turn after it. */
export interface Turns {
  ask(portId: string, occasion: Occasion): void;
  /** Resolves when those that are under way have ended. */
  settled(): Promise<void>;
  /** No turn begins any more. */
  stop(): Promise<void>;
}

/** What could not be stored or done is looked at again after this. */
const AGAIN_MS = 5000;

/** Nobody has a turn yet. */
export function createTurns({clock, log, signal, turn}: TurnsOptions): Turns {
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, Occasion>();
  let isStopped = false;
  const isOver = (): boolean => isStopped || signal.aborted;

  const ask = (portId: string, occasion: Occasion): void => {
    if (isOver()) {
      return;
    }
    if (running.has(portId)) {
      waiting.set(portId, occasion);
      return;
    }
    running.set(portId, begin(portId, occasion));
  };
  const begin = async (portId: string, occasion: Occasion): Promise<void> => {
    await Promise.resolve(); // the event that began it is told to all first
    try {
      await turn(portId, occasion);
    } catch (error) {
      if (!isOver()) {
        log.error(`set port ${portId}`, error);
        clock.after(AGAIN_MS, () => ask(portId, occasion));
      }
    }
    running.delete(portId);
    const next = waiting.get(portId);
    waiting.delete(portId);
    if (next !== undefined) {
      ask(portId, next);
    }
  };
  const settled = async (): Promise<void> => {
    await Promise.all(running.values());
  };
  return {
    ask,
    settled,
    stop() {
      isStopped = true;
      return settled();
    },
  };
}
