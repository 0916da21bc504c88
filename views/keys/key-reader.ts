import {createKeyDecoder} from './key-decoder.ts';
import type {KeyEvent} from './key-event.ts';

/** How long a lone ESC waits for the rest of a sequence, and a paste for its end. */
const SEQUENCE_MS = 50;
const PASTE_MS = 1_000;

/** Bytes as they come from the terminal. */
export interface ByteSource {
  on(event: 'data', listener: (chunk: Uint8Array | string) => void): unknown;
  off(event: 'data', listener: (chunk: Uint8Array | string) => void): unknown;
}

/** Calls with each key, in order, until the returned function is called. */
export function readKeys(
  source: ByteSource,
  schedule: (delayMs: number, callback: () => void) => () => void,
  listener: (event: KeyEvent) => void,
): () => void {
  const decoder = createKeyDecoder();
  const utf8 = new TextEncoder();
  let cancel: (() => void) | null = null;
  const tell = (events: readonly KeyEvent[]): void => {
    for (const event of events) {
      listener(event);
    }
  };
  const onData = (chunk: Uint8Array | string): void => {
    cancel?.();
    cancel = null;
    tell(decoder.push(typeof chunk === 'string' ? utf8.encode(chunk) : chunk));
    const waiting = decoder.waiting();
    if (waiting !== null) {
      const delay = waiting === 'paste' ? PASTE_MS : SEQUENCE_MS;
      cancel = schedule(delay, () => tell(decoder.flush()));
    }
  };
  source.on('data', onData);
  return () => {
    source.off('data', onData);
    cancel?.();
  };
}
