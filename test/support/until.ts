import {setTimeout as pause} from 'node:timers/promises';

const ASK_EVERY_MS = 50;
/** Long: what is waited for comes, and on a busy machine late. */
const LIMIT_MS = 30_000;

/**
 * Asks again until the answer fits, and gives it back. @throws an Error with the last answer when
 * the time is up
 */
export async function until<T>(
  ask: () => Promise<T> | T,
  fits: (answer: T) => boolean,
  limitMs = LIMIT_MS,
): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (fits(answer)) {
      return answer;
    }
    if (performance.now() > end) {
      throw new Error(`not within ${limitMs} ms; the last answer: ${JSON.stringify(answer)}`);
    }
    await pause(ASK_EVERY_MS);
  }
}
