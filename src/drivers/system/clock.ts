import {existsSync} from 'node:fs';

import type {Clock} from '#contracts/clock.ts';
import type {ClockState} from '#domain/envelope.ts';

export interface SystemClockOptions {
  /** systemd-timesyncd's folder: the file `synchronized` in it stands for a right clock. */
  readonly timesyncFolder?: string | undefined;
}

/** Looking is cheap, but events come in bursts. */
const LOOK_EVERY_MS = 10_000;

/** The machine's clock. */
export function createSystemClock({
  timesyncFolder = '/run/systemd/timesync',
}: SystemClockOptions = {}): Clock {
  let known: {readonly state: ClockState; readonly atMs: number} | undefined;
  return {
    now: () => Date.now(),
    iso: (epochMs = Date.now()) => new Date(epochMs).toISOString(),
    monotonicMs: () => performance.now(),
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
    state() {
      const atMs = performance.now();
      if (known === undefined || atMs - known.atMs >= LOOK_EVERY_MS) {
        known = {state: look(timesyncFolder), atMs};
      }
      return known.state;
    },
  };
}

/** Another time service than timesyncd leaves no mark that any user may read: unknown. */
function look(timesyncFolder: string): ClockState {
  if (existsSync(`${timesyncFolder}/synchronized`)) {
    return 'synced';
  }
  return existsSync(timesyncFolder) ? 'unsynced' : 'unknown';
}
