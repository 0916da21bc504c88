import type {Clock} from '#contracts/clock.ts';
import type {DeviceMonitor, LinkMonitor} from '#contracts/device-monitor.ts';
import type {IdSource} from '#contracts/ids.ts';
import type {Log} from '#contracts/log.ts';
import type {Fact} from '#domain/catalogue.ts';
import type {Uevent} from '#domain/kernel-device.ts';
import type {Inventory} from '#projections/inventory.ts';
import type {StoredCause} from '../stored-cause.ts';
import type {DeviceCause} from './cause.ts';
import type {ObservedPort} from './observation.ts';
import type {KernelPicture} from './picture.ts';

export interface DeviceWatchOptions {
  readonly monitor: DeviceMonitor;
  readonly links: LinkMonitor;
  readonly clock: Clock;
  readonly ids: Pick<IdSource, 'deviceId'>;
  readonly log: Log;
  /**
   * Decides on the stored state, appends what comes out, and resolves when it is stored: with the
   * last event of it, or undefined where nothing came out.
   */
  readonly record: (
    decide: (inventory: Inventory) => readonly Fact[],
    cause: DeviceCause,
  ) => Promise<StoredCause | undefined>;
  /** The event of the agent's start: what the first picture tells follows from it. */
  readonly startedBy?: StoredCause | undefined;
  /** An empty port that a person has taken out of the list. */
  readonly isDismissed?: ((port: ObservedPort) => boolean) | undefined;
  /** Every record as it comes, before any work is done on it. */
  readonly onRaw: (uevent: Uevent) => void;
}

/** What has come in since the start, for doctor and the screens. */
export interface DeviceWatchCounts {
  readonly uevents: number;
  readonly ignored: number;
  readonly drops: number;
  readonly resyncs: number;
  readonly restarts: number;
  /** Records that udev has not answered within 10 s. */
  readonly late: number;
}

/** Follows the kernel's devices and turns them into facts. */
export interface DeviceWatch {
  /** Resolves when what is there now is stored and no later change can be missed. */
  start(signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
  /** Compares what is there with what is stored: a decision has changed what is to be told. */
  lookAgain(): void;
  /** What cannot be seen here, in words, or null. */
  limit(): string | null;
  counts(): DeviceWatchCounts;
  /** The kernel's devices as last seen. */
  readonly picture: () => Pick<KernelPicture, 'observe' | 'devpaths'>;
}
