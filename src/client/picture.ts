import type {Bus} from '#contracts/bus.ts';
import type {Clock} from '#contracts/clock.ts';
import {Containers} from '#domain/container/container.ts';
import {JobProgress} from '#domain/job/progress.ts';
import type {Uevent} from '#domain/kernel-device.ts';
import {HostMetrics} from '#domain/leaf/host-metrics.ts';
import {Beat, PortUserReadings, UeventBatch} from '#domain/live.ts';
import type {StoredMessage} from '#domain/message.ts';
import type {PortUsers} from '#domain/port/user.ts';
import {RoleLinkReadings} from '#domain/role/link.ts';

import type {LeafClient, Snapshot} from './leaf-client.ts';

/** What a live picture tells, as it comes. */
export interface PictureListener {
  /** False when it cannot be read here (another version): then the tail begins at event 1. */
  readonly onSnapshot: (snapshot: Snapshot) => boolean;
  /** Messages in order; those up to the snapshot's sequence are history only. */
  readonly onMessages: (messages: readonly StoredMessage[]) => void;
  readonly onConnection: (kind: 'live' | 'stale') => void;
  readonly onUsers: (users: PortUsers) => void;
  readonly onHost: (metrics: HostMetrics) => void;
  readonly onContainers: (containers: Containers) => void;
  readonly onRoleLinks: (readings: RoleLinkReadings) => void;
  readonly onProgress: (progress: JobProgress) => void;
  readonly onUevents: (uevents: readonly Uevent[]) => void;
  /** What the agent cannot see and the remedy, or null. */
  readonly onLimit: (limit: string | null) => void;
  /** The stream could not be read; it is tried again. */
  readonly onBroken: (error: unknown) => void;
}

export interface PictureOptions {
  readonly client: LeafClient;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly listener: PictureListener;
  readonly signal: AbortSignal;
}

/** How many messages before the snapshot are fetched for the lists. */
const HISTORY_BEFORE = 1000;
/** A reading that broke off is taken up again after this. */
const AGAIN_AFTER_MS = 1000;
/** Three beats of the agent that did not come. */
const STALE_AFTER_MS = 6000;

// Only what is used of them: a newer agent may say the rest in another way.
const BeatLimit = Beat.pick({limit: true});
const Uevents = UeventBatch.pick({uevents: true});

/**
 * A live picture of a leaf: its snapshot first, then every message, each once and in order, and
 * whether the agent is heard. Resolves after the snapshot; goes on until the signal is aborted.
 * @throws CimError as `LeafClient.snapshot`
 */
export async function startPicture(options: PictureOptions): Promise<void> {
  const {client, listener, signal} = options;
  const pulse = watchPulse(options);
  const subscriptions = [
    pulse,
    client.onLive('agent', (value) => {
      pulse.beat();
      const beat = BeatLimit.safeParse(value);
      listener.onLimit(beat.success ? beat.data.limit : null);
    }),
    client.onLive('user', (value) => {
      const users = PortUserReadings.safeParse(value);
      if (users.success) {
        listener.onUsers(users.data);
      }
    }),
    client.onLive('host', (value) => {
      const metrics = HostMetrics.safeParse(value);
      if (metrics.success) {
        listener.onHost(metrics.data);
      }
    }),
    client.onLive('container', (value) => {
      const containers = Containers.safeParse(value);
      if (containers.success) {
        listener.onContainers(containers.data);
      }
    }),
    client.onLive('role', (value) => {
      const readings = RoleLinkReadings.safeParse(value);
      if (readings.success) {
        listener.onRoleLinks(readings.data);
      }
    }),
    client.onLive('job', (value) => {
      const progress = JobProgress.safeParse(value);
      if (progress.success) {
        listener.onProgress(progress.data);
      }
    }),
    client.onLive('uevent', (value) => {
      const batch = Uevents.safeParse(value);
      if (batch.success) {
        listener.onUevents(batch.data.uevents);
      }
    }),
  ];
  signal.addEventListener('abort', () => {
    for (const subscription of subscriptions) {
      subscription.stop();
    }
  });
  const snapshot = await client.snapshot();
  const isRead = listener.onSnapshot(snapshot);
  pulse.beat();
  const from = isRead ? Math.max(1, snapshot.sequence - HISTORY_BEFORE + 1) : 1;
  void followTail(options, from);
}

/** Follows for ever; what breaks a reading off is told as stale, and it is taken up again. */
async function followTail(options: PictureOptions, from: number): Promise<void> {
  const {client, listener, clock, signal} = options;
  let next = from;
  while (!signal.aborted) {
    try {
      for await (const message of client.events.follow({from: next, signal})) {
        next = message.sequence + 1;
        listener.onMessages([message]);
      }
    } catch (error) {
      listener.onBroken(error);
    }
    if (!signal.aborted) {
      await new Promise<void>((resolve) => clock.after(AGAIN_AFTER_MS, resolve));
    }
  }
}

/** Live while the server hears us and the agent's beat comes. */
function watchPulse({bus, clock, listener}: PictureOptions): {beat(): void; stop(): void} {
  let isStale = false;
  let cancel = (): void => undefined;
  const set = (stale: boolean): void => {
    if (stale !== isStale) {
      isStale = stale;
      listener.onConnection(stale ? 'stale' : 'live');
    }
  };
  const status = bus.onStatus(({kind}) => {
    if (kind === 'lost') {
      set(true);
    }
  });
  return {
    beat() {
      cancel();
      cancel = clock.after(STALE_AFTER_MS, () => set(true));
      set(bus.status().kind === 'lost');
    },
    stop() {
      cancel();
      status.stop();
    },
  };
}
