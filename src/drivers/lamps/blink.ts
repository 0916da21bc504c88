import {setTimeout as pause} from 'node:timers/promises';

/** How long a lamp is on, and off again. */
const HALF_MS = 400;

/** Turns something on and off by turns until it is aborted; it is off at the end. */
export async function alternate(
  turn: (isOn: boolean) => Promise<void> | void,
  signal: AbortSignal,
): Promise<void> {
  for (let isOn = true; !signal.aborted; isOn = !isOn) {
    await turn(isOn);
    await pause(HALF_MS, undefined, {signal}).catch(() => undefined); // aborted: the loop ends
  }
  await turn(false);
}
