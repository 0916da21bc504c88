import type {Clock} from '#contracts/clock.ts';
import type {HostMeter} from '#contracts/host-meter.ts';
import type {Log} from '#contracts/log.ts';
import type {HostMetrics} from '#domain/leaf/host-metrics.ts';

export interface HostWatchOptions {
  readonly meter: HostMeter;
  readonly clock: Clock;
  readonly log: Log;
  readonly onRead: (metrics: HostMetrics) => void;
}

/** The machine's own numbers, read every so often. */
export interface HostWatch {
  /** null: not read yet. */
  metrics(): HostMetrics | null;
  start(): void;
  stop(): void;
}

const EVERY_MS = 30_000;
/** The first reading waits until the leaf has answered those who wait for it. */
const FIRST_MS = 2000;

/** A watch that reads 2 s after the start, then every 30 s; a failed reading is logged once. */
export function createHostWatch({meter, clock, log, onRead}: HostWatchOptions): HostWatch {
  let metrics: HostMetrics | null = null;
  let hasFailed = false;
  let isStopped = false;
  let cancel = (): void => undefined;
  const plan = (delayMs: number): void => {
    cancel = clock.after(delayMs, () => void read());
  };
  const read = async (): Promise<void> => {
    try {
      metrics = await meter.read();
      onRead(metrics);
    } catch (error) {
      if (!hasFailed) {
        hasFailed = true;
        log.error('read how the host is', error);
      }
    }
    if (!isStopped) {
      plan(EVERY_MS);
    }
  };
  return {
    metrics: () => metrics,
    start: () => plan(FIRST_MS),
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
