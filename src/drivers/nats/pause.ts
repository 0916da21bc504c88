import {setTimeout as pause} from 'node:timers/promises';

/** Waits; an abort ends it early, without a word. */
export async function pauseQuietly(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(ms, undefined, {signal});
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}
