import type {Clock} from '#contracts/clock.ts';
import type {
  DeviceMonitor,
  LinkChange,
  LinkMonitor,
  MonitorNotice,
} from '#contracts/device-monitor.ts';
import type {RecordingHeader, RecordingSink} from '#contracts/recording.ts';
import type {LinkFact, Uevent} from '#domain/kernel-device.ts';

import {isIgnored} from '../device/ignored.ts';
import {createKnownDevices, type DeviceDelta, type KnownDevices} from './known-devices.ts';

export interface RecordOptions {
  readonly monitor: DeviceMonitor;
  readonly links: LinkMonitor;
  readonly clock: Clock;
  readonly sink: RecordingSink;
  readonly machine: Pick<RecordingHeader, 'kernel' | 'machine' | 'isMasked'>;
  /** Called once, when nothing can be missed any more, and what cannot be seen here. */
  readonly onStarted: (counts: RecordCounts, limit: string | null) => void;
  /** Called after each step that is kept. */
  readonly onStep: (counts: RecordCounts) => void;
}

/** What is in a recording so far. */
export interface RecordCounts {
  readonly devices: number;
  readonly links: number;
  readonly steps: number;
  /** Uevents that the kernel had to drop before they were read. */
  readonly drops: number;
}

type Notice = MonitorNotice | LinkChange;
interface Heard {
  readonly atMs: number;
  readonly notice: Notice;
}

/**
 * Records what the machine's devices tell, with what sysfs shows of them right then, until the
 * signal is aborted; then the recording is ended in order.
 * @throws CimError `permission-denied` (no sysfs), `file-failed`, `time-is-up` (no monitor)
 */
export async function recordUevents(
  options: RecordOptions,
  signal: AbortSignal,
): Promise<RecordCounts> {
  const {monitor, links, clock, sink, machine} = options;
  const startMs = clock.monotonicMs();
  const startedAt = clock.iso();
  const sinceStart = (): number => Math.round(clock.monotonicMs() - startMs);
  const inbox = createInbox<Heard>();
  const hear = (notice: Notice): void => inbox.put({atMs: sinceStart(), notice});
  try {
    const ability = await monitor.start(hear, signal);
    const linkAbility = await links.start(hear, signal);
    const tree = {devices: await monitor.enumerate(signal), links: await links.list(signal)};
    const {hasUdev} = ability;
    sink.begin({...machine, startedAt, hasUdev}, tree);
    const taker = createTaker(options, signal, tree);
    const limits = [ability.limit, linkAbility.limit].filter((limit) => limit !== null);
    options.onStarted(taker.counts(), limits.length === 0 ? null : limits.join('; '));
    signal.addEventListener('abort', inbox.close, {once: true});
    for (;;) {
      const batch = signal.aborted ? inbox.rest() : await inbox.next();
      if (batch.length === 0) {
        break;
      }
      await taker.take(batch);
    }
    sink.end(sinceStart());
    return taker.counts();
  } finally {
    await links.stop();
    await monitor.stop();
  }
}

/** Turns what was heard into steps, reading each device once in a batch. */
function createTaker(
  {monitor, sink, onStep}: RecordOptions,
  signal: AbortSignal,
  tree: {
    readonly devices: Parameters<KnownDevices['replaceAll']>[0];
    readonly links: readonly LinkFact[];
  },
) {
  const known = createKnownDevices();
  known.replaceAll(tree.devices);
  const links = new Map(tree.links.map((link) => [link.ifindex, JSON.stringify(link)]));
  let counts = {devices: tree.devices.length, links: tree.links.length, steps: 0, drops: 0};
  const isNews = (notice: Notice): boolean => {
    if (notice.kind === 'gone') {
      return links.delete(notice.ifindex);
    }
    if (notice.kind !== 'link') {
      return true;
    }
    const text = JSON.stringify(notice.link);
    const isOther = links.get(notice.link.ifindex) !== text;
    links.set(notice.link.ifindex, text);
    return isOther;
  };
  const readOf = async (notice: Notice, read: Set<string>): Promise<DeviceDelta> => {
    switch (notice.kind) {
      case 'uevent':
        return await readUevent(notice.uevent, known, monitor, read);
      case 'drops':
      case 'restarted': // what was missed shows in the whole picture only
        return signal.aborted ? NOTHING : known.replaceAll(await monitor.enumerate(signal));
      default:
        return NOTHING;
    }
  };
  return {
    counts: (): RecordCounts => counts,
    async take(batch: readonly Heard[]): Promise<void> {
      const read = new Set<string>();
      for (const {atMs, notice} of batch.filter((heard) => isNews(heard.notice))) {
        sink.step({atMs, notice, ...(await readOf(notice, read))});
        const drops = counts.drops + (notice.kind === 'drops' ? notice.count : 0);
        counts = {...counts, steps: counts.steps + 1, drops};
        onStep(counts);
      }
    },
  };
}

const NOTHING: DeviceDelta = {changed: [], gone: []};

async function readUevent(
  uevent: Uevent,
  known: KnownDevices,
  monitor: DeviceMonitor,
  read: Set<string>,
): Promise<DeviceDelta> {
  const {action, devpath, properties} = uevent;
  if (action === 'remove') {
    read.delete(devpath);
    return known.replace(devpath, []);
  }
  const {DEVPATH_OLD: oldPath} = properties;
  const moved = oldPath === undefined ? NOTHING : known.replace(oldPath, []);
  if (isIgnored(uevent) || read.has(devpath)) {
    return moved;
  }
  read.add(devpath);
  const {changed, gone} = known.replace(devpath, await monitor.read(devpath));
  return {changed, gone: [...moved.gone, ...gone]};
}

/** What has come and was not yet taken. */
function createInbox<T>() {
  let waiting: T[] = [];
  let wake = Promise.withResolvers<void>();
  const rest = (): readonly T[] => {
    const taken = waiting;
    waiting = [];
    wake = Promise.withResolvers<void>();
    return taken;
  };
  return {
    rest,
    put(item: T): void {
      waiting.push(item);
      wake.resolve();
    },
    close: (): void => wake.resolve(),
    /** Resolves when something has come, or with nothing when it was closed. */
    async next(): Promise<readonly T[]> {
      await wake.promise;
      return rest();
    },
  };
}
