import type {KeyEvent} from './key-event.ts';

export interface KeyQueueOptions {
  route(event: KeyEvent): void;
  /** Runs changes that are drawn together. */
  batch(changes: () => void): void;
  /** A component of Ink's own takes keys now: it knows what it has drawn, and nothing newer. */
  isHandedOn(): boolean;
  /** Resolves when everything is drawn. */
  drawn(): Promise<void>;
}

/**
 * Takes the keys of one read after the other. Where Ink's own list is open each key waits until the
 * one before is drawn: `j` and Enter of one read would run the row that the cursor has left.
 */
export function createKeyQueue(options: KeyQueueOptions): (events: readonly KeyEvent[]) => void {
  const {route, batch, isHandedOn, drawn} = options;
  const waiting: KeyEvent[] = [];
  let isDrawing = false;
  const takeAll = (): void => {
    for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
      const wasHandedOn = isHandedOn();
      route(event);
      // Also one that is closed has to be seen to go, or it is the same when it is opened again.
      if (wasHandedOn || isHandedOn()) {
        isDrawing = true;
        return;
      }
    }
  };
  const drain = (): void => {
    batch(takeAll);
    if (isDrawing) {
      const goOn = (): void => {
        isDrawing = false;
        drain();
      };
      drawn().then(goOn, goOn);
    }
  };
  return (events) => {
    waiting.push(...events);
    if (!isDrawing) {
      drain();
    }
  };
}
