import {createKeyDecoder} from './key-decoder.ts';
import type {KeyEvent} from './key-event.ts';

/** How long a lone ESC waits for the rest of a sequence, and a paste for its end. */
const SEQUENCE_MS = 50;
const PASTE_MS = 1_000;

export interface KeyReaderOptions {
  /** Calls with bytes as they come, until the returned function is called. */
  onBytes(listener: (bytes: Uint8Array) => void): () => void;
  schedule(delayMs: number, callback: () => void): () => void;
  /** The keys of one read, in order. */
  onKeys(events: readonly KeyEvent[]): void;
}

/** Tells the keys until the returned function is called. */
export function readKeys({onBytes, schedule, onKeys}: KeyReaderOptions): () => void {
  const decoder = createKeyDecoder();
  let cancel: (() => void) | null = null;
  const tell = (events: readonly KeyEvent[]): void => {
    if (events.length > 0) {
      onKeys(events);
    }
  };
  const stop = onBytes((bytes) => {
    cancel?.();
    cancel = null;
    tell(decoder.push(bytes));
    const waiting = decoder.waiting();
    if (waiting !== null) {
      const delay = waiting === 'paste' ? PASTE_MS : SEQUENCE_MS;
      cancel = schedule(delay, () => tell(decoder.flush()));
    }
  });
  return () => {
    stop();
    cancel?.();
  };
}
