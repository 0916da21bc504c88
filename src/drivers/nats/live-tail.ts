import {liveEventsFilter} from './event-stream.ts';
import type {NatsLink} from './link.ts';
import {type RawMessage, rawMessageOf} from './raw-message.ts';

/** Events as the server republishes them, until `stop`. */
export interface LiveTail {
  /** What came since the last call. */
  take(): readonly RawMessage[];
  /** Something may have been missed: the stream has to be read. Asking takes the mark away. */
  takeStale(): boolean;
  markStale(): void;
  /** Resolves when there is something to take, or the signal is aborted. */
  untilNews(signal: AbortSignal): Promise<void>;
  stop(): void;
}

/** Without news the stream is looked at so often, should a live message ever be lost. */
const LOOK_EVERY_MS = 10_000;
/** What a slow reader lets pile up; more is read from the stream again. */
const MOST_WAITING = 10_000;

/** Begins to listen. It is stale at first: what was before is in the stream alone. */
export function openLiveTail(link: NatsLink, leafId: string): LiveTail {
  let queue: RawMessage[] = [];
  let isStale = true;
  let wake = () => {};
  const markStale = () => {
    isStale = true;
    wake();
  };
  const look = setInterval(markStale, LOOK_EVERY_MS);
  const subscription = link.connection.subscribe(liveEventsFilter(leafId), {
    callback: (error, heard) => {
      const message = error === null ? rawMessageOf(heard) : undefined;
      if (message === undefined || queue.length >= MOST_WAITING) {
        queue = [];
        markStale();
        return;
      }
      queue.push(message);
      look.refresh();
      wake();
    },
  });
  const statuses = link.onStatus(markStale);
  return {
    take() {
      const taken = queue;
      queue = [];
      return taken;
    },
    takeStale() {
      const wasStale = isStale;
      isStale = false;
      return wasStale;
    },
    markStale,
    untilNews: (signal) =>
      untilCalled(signal, (call) => {
        wake = call;
        return isStale || queue.length > 0;
      }),
    stop() {
      clearInterval(look);
      statuses.stop();
      subscription.unsubscribe();
    },
  };
}

/** Waits for a call or the abort, unless there was news before it could be waited for. */
async function untilCalled(
  signal: AbortSignal,
  expect: (call: () => void) => boolean,
): Promise<void> {
  const called = Promise.withResolvers<void>();
  const call = () => called.resolve();
  signal.addEventListener('abort', call, {once: true});
  if (!expect(call) && !signal.aborted) {
    await called.promise;
  }
  signal.removeEventListener('abort', call);
}
