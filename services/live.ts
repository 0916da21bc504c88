import type {Bus} from '#contracts/bus.ts';
import type {Clock} from '#contracts/clock.ts';
import type {Codec} from '#contracts/codec.ts';
import type {Log} from '#contracts/log.ts';
import type {Containers} from '#domain/container/container.ts';
import {tokenFromId} from '#domain/ids.ts';
import type {JobProgress} from '#domain/job/progress.ts';
import type {Uevent} from '#domain/kernel-device.ts';
import type {HostMetrics} from '#domain/leaf/host-metrics.ts';
import type {Beat} from '#domain/live.ts';
import type {PortUsers} from '#domain/port/user.ts';
import type {RoleLinkReadings} from '#domain/role/link.ts';

export interface LiveFeedOptions {
  readonly leafId: string;
  readonly bus: Bus;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly log: Log;
  readonly beat: () => Beat;
}

/** Messages that are not stored: raw uevents, what is read live, and the agent's own beat. */
export interface LiveFeed {
  start(): void;
  stop(): void;
  uevent(uevent: Uevent): void;
  users(users: PortUsers): void;
  host(metrics: HostMetrics): void;
  containers(containers: Containers): void;
  roleLinks(readings: RoleLinkReadings): void;
  job(progress: JobProgress): void;
}

/** The beat; a console calls itself stale after three of them have not come. */
export const BEAT_MS = 2000;
/** Raw uevents are sent together this often. */
const BATCH_MS = 100;
/** More than this many in one batch are counted, not sent. */
const BATCH_LIMIT = 200;
/** And no more than this: udev's record of one device can be many kilobytes. */
const BATCH_BYTES = 512 * 1024;

/** A feed on `cim.L.live.<kind>.all`, and of jobs on `cim.L.live.job.<id>`. */
export function createLiveFeed(options: LiveFeedOptions): LiveFeed {
  const {leafId, bus, codec, clock, log, beat} = options;
  let waiting: Uevent[] = [];
  let waitingBytes = 0;
  let omitted = 0;
  let cancelBatch: (() => void) | undefined;
  let cancelBeat: (() => void) | undefined;
  const publish = (kind: string, value: unknown, id = 'all'): void => {
    try {
      bus.publish(`cim.${leafId}.live.${kind}.${id}`, codec.encode(value));
    } catch (error) {
      // The connection is closed, or it was too much for it: nobody waits for a live message.
      log.error(`tell ${kind}`, error);
    }
  };
  const flush = (): void => {
    cancelBatch = undefined;
    publish('uevent', {uevents: waiting, omitted});
    waiting = [];
    waitingBytes = 0;
    omitted = 0;
  };
  const nextBeat = (): void => {
    publish('agent', beat());
    cancelBeat = clock.after(BEAT_MS, nextBeat);
  };
  return {
    start: nextBeat,
    stop() {
      cancelBeat?.();
      cancelBatch?.();
    },
    uevent(uevent) {
      const size = codec.encode(uevent).length;
      if (waiting.length < BATCH_LIMIT && waitingBytes + size <= BATCH_BYTES) {
        waiting.push(uevent);
        waitingBytes += size;
      } else {
        omitted += 1;
      }
      cancelBatch ??= clock.after(BATCH_MS, flush);
    },
    users: (users) => publish('user', users),
    host: (metrics) => publish('host', metrics),
    containers: (containers) => publish('container', containers),
    roleLinks: (readings) => publish('role', readings),
    job: (progress) => publish('job', progress, tokenFromId(progress.id)),
  };
}
