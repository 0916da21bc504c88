import type {Clock} from '#contracts/clock.ts';
import {relativeTo} from './below.ts';

/** A unit behind a hub is told of as gone this late: the hub itself may be about to go. */
export const BEHIND_MS = 300;

/**
 * Units behind hubs that have gone just now. The kernel takes away what is behind a hub before the
 * hub, one by one: who pulls a dock shall read of one thing that was pulled, not of ten.
 */
export interface Departures {
  /** The unit at a position has gone; what went before from behind it is held no longer. */
  gone(position: string): void;
  /** True, once, for something that comes to a place whose unit has gone: that is told first. */
  isBack(position: string): boolean;
  /** Positions that are not told of now. */
  held(): readonly string[];
  /** Whatever has gone by now and is not held is told of. */
  told(): void;
  stop(): void;
}

/** Nothing has gone. Calls `onDue` when something has been held long enough. */
export function createDepartures(clock: Clock, onDue: () => void): Departures {
  const holds = new Map<string, () => void>();
  const untold = new Set<string>();
  const release = (position: string): boolean => {
    holds.get(position)?.();
    return holds.delete(position);
  };
  return {
    gone(position) {
      for (const place of holds.keys()) {
        if (relativeTo(position, place) !== undefined) {
          release(place);
        }
      }
      release(position);
      if (isBehindHub(position)) {
        const cancel = clock.after(BEHIND_MS, () => {
          release(position);
          onDue();
        });
        holds.set(position, cancel);
      } else {
        untold.add(position);
      }
    },
    isBack: (position) => untold.delete(position) || release(position),
    held: () => [...holds.keys()],
    told: () => untold.clear(),
    stop() {
      for (const position of holds.keys()) {
        release(position);
      }
    },
  };
}

/** A chain of more than one USB port number. */
const isBehindHub = (position: string): boolean => /\/usb[23]?\/\d+(?:\.\d+)+$/.test(position);
