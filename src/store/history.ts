import type {StoredMessage} from '#domain/message.ts';

/** How many of the newest messages the console keeps. */
export const HISTORY_MAX = 1_000;

/**
 * The history with more messages at its end, oldest first, each sequence once, without a hole:
 * after a gap only what follows it is kept.
 */
export function appendHistory(
  history: readonly StoredMessage[],
  messages: readonly StoredMessage[],
): readonly StoredMessage[] {
  let kept: StoredMessage[] = [...history];
  for (const message of messages) {
    const last = kept.at(-1)?.sequence ?? message.sequence - 1;
    if (message.sequence > last + 1) {
      kept = [];
    }
    if (message.sequence > last) {
      kept.push(message);
    }
  }
  return kept.length > HISTORY_MAX ? kept.slice(-HISTORY_MAX) : kept;
}
