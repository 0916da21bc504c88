import type {LinkChange, MonitorNotice} from '#contracts/device-monitor.ts';
import {DEVICE_CLASSES} from '#devices/classes.ts';
import type {KernelDevice, LinkFact, Uevent} from '#domain/kernel-device.ts';
import {causeOfLink, causeOfResync, causeOfUevent, type DeviceCause} from './cause.ts';
import {createDepartures, type Departures} from './departures.ts';
import {isIgnored} from './ignored.ts';
import {createLossWatch, type LossWatch, type Resync} from './loss.ts';
import {createKernelPicture, type KernelPicture} from './picture.ts';
import {createRecorder, type Recorder} from './recorder.ts';
import {createSettling, type Settling} from './settling.ts';
import {createUdevLag, type UdevLag} from './udev-lag.ts';
import type {DeviceWatch, DeviceWatchCounts, DeviceWatchOptions} from './watch-contract.ts';

type ResyncNotice = {kind: 'resync'; resync: Resync; isSecond: boolean};
type Notice = MonitorNotice | LinkChange | {kind: 'settled'} | ResyncNotice;

/** More than this many waiting records are a flood: enumerating is quicker and loses nothing. */
const QUEUE_LIMIT = 5000;
/** What an enumeration finds new may still be on its way as a record: look again after this. */
const SECOND_LOOK_MS = 300;

/** A watch that has not started. One path for start, plug, loss and reconnect: diff → facts. */
export const createDeviceWatch = (options: DeviceWatchOptions): DeviceWatch =>
  new KernelWatch(options);

class KernelWatch implements DeviceWatch {
  readonly #options: DeviceWatchOptions;
  readonly #picture: KernelPicture;
  readonly #settling: Settling;
  readonly #loss: LossWatch;
  readonly #recorder: Recorder;
  readonly #lag: UdevLag;
  readonly #departures: Departures;
  #hasUdev = false;
  readonly #counts = {uevents: 0, ignored: 0, drops: 0, resyncs: 0, restarts: 0};
  #signal: AbortSignal | undefined;
  #limit: string | null = null;
  #queue: Notice[] = [];
  #work: Promise<void> | undefined;
  #cause: DeviceCause | undefined;
  #cancelSecondLook: (() => void) | undefined;

  constructor(options: DeviceWatchOptions) {
    const {clock, monitor} = options;
    this.#options = options;
    this.#picture = createKernelPicture(monitor, DEVICE_CLASSES);
    this.#lag = createUdevLag(clock);
    this.#settling = createSettling({
      clock,
      isBusy: (unitPath) => this.#lag.isWaiting(unitPath),
      onSettled: () => this.#push({kind: 'settled'}),
    });
    this.#departures = createDepartures(clock, () => this.#push({kind: 'settled'}));
    this.#recorder = createRecorder({
      ...options,
      departures: this.#departures,
      picture: this.#picture,
      settling: this.#settling,
      onDue: () => this.#push({kind: 'settled'}),
    });
    this.#loss = createLossWatch(clock, (resync) =>
      this.#push({kind: 'resync', resync, isSecond: false}),
    );
  }

  async start(signal: AbortSignal): Promise<void> {
    const {monitor, links} = this.#options;
    this.#signal = signal;
    const hold = Promise.withResolvers<void>();
    this.#work = hold.promise;
    const [ability, linkAbility] = await Promise.all([
      monitor.start((notice) => this.#hear(notice), signal),
      links.start((change) => this.#push(change), signal),
    ]);
    this.#hasUdev = ability.hasUdev;
    const limits = [ability.limit, linkAbility.limit].filter((limit) => limit !== null);
    this.#limit = limits.length === 0 ? null : limits.join('; ');
    const {devices, links: known} = await this.#enumerate(signal);
    await this.#apply({cause: 'start', drops: 0}, devices, known);
    this.#work = undefined;
    hold.resolve();
    this.#run();
  }

  async stop(): Promise<void> {
    const {monitor, links} = this.#options;
    this.#loss.stop();
    this.#settling.stop();
    this.#recorder.stop();
    this.#departures.stop();
    this.#cancelSecondLook?.();
    await links.stop();
    await monitor.stop();
    await this.#work;
  }

  lookAgain(): void {
    this.#recorder.forgetRecorded();
    this.#push({kind: 'settled'});
  }

  limit(): string | null {
    return this.#limit;
  }

  readonly picture = (): KernelPicture => this.#picture;

  counts(): DeviceWatchCounts {
    return {...this.#counts, late: this.#lag.late()};
  }

  #hear(notice: MonitorNotice): void {
    if (notice.kind === 'uevent') {
      this.#counts.uevents += 1;
      this.#options.onRaw(notice.uevent);
      if (notice.uevent.source === 'kernel' && notice.uevent.seqnum !== null) {
        this.#loss.sequence(notice.uevent.seqnum);
      }
      if (isIgnored(notice.uevent)) {
        this.#counts.ignored += 1;
        return;
      }
    }
    this.#push(notice);
  }

  #push(notice: Notice): void {
    if (this.#queue.length >= QUEUE_LIMIT) {
      const lost = this.#queue.length;
      this.#queue = this.#queue.filter(({kind}) => kind !== 'uevent');
      this.#counts.drops += lost - this.#queue.length;
      this.#loss.dropped(lost - this.#queue.length);
    }
    this.#queue.push(notice);
    this.#run();
  }

  #run(): void {
    if (this.#work !== undefined || this.#queue.length === 0) {
      return;
    }
    this.#work = this.#drain()
      .catch((error: unknown) => this.#options.log.error('follow devices', error))
      .finally(() => {
        this.#work = undefined;
        this.#run();
      });
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      for (const notice of batch) {
        await this.#take(notice);
      }
      await this.#flush();
    }
  }

  async #take(notice: Notice): Promise<void> {
    const {clock} = this.#options;
    switch (notice.kind) {
      case 'uevent':
        return await this.#takeUevent(notice.uevent);
      case 'link':
        this.#picture.setLink(notice.link);
        this.#cause ??= causeOfLink(notice.link, clock);
        return;
      case 'gone':
        this.#picture.dropLink(notice.ifindex);
        return;
      case 'drops':
        this.#counts.drops += notice.count;
        this.#loss.dropped(notice.count);
        return;
      case 'restarted':
        this.#counts.restarts += 1;
        this.#loss.restarted();
        this.#options.log.warn(`follow devices: the monitor ended: ${notice.reason}`);
        return;
      case 'resync':
        return await this.#resync(notice);
      case 'settled':
        return;
    }
  }

  async #takeUevent(uevent: Uevent): Promise<void> {
    const {action, devpath, properties} = uevent;
    const unitPath = this.#picture.unitPathOf(devpath, uevent);
    const cause = causeOfUevent(uevent, this.#options.clock);
    if (action === 'remove') {
      // What came and went within one batch was seen, so it is told.
      if (this.#picture.hasNoted(devpath)) {
        await this.#flush();
      }
      if (unitPath === devpath) {
        this.#departures.gone(this.#picture.positionOf(devpath));
        this.#settling.end(devpath);
      }
      this.#picture.drop(devpath);
    } else {
      if (this.#departures.isBack(this.#picture.positionOf(devpath))) {
        await this.#flush();
      }
      const {DEVPATH_OLD: oldPath} = properties;
      if (oldPath !== undefined) {
        this.#picture.drop(oldPath);
      }
      this.#picture.note(uevent);
    }
    if (unitPath !== null && this.#waits(unitPath, uevent)) {
      this.#settling.touch(unitPath);
    }
    if (this.#hasUdev) {
      this.#lag.take(uevent);
      await this.#endIfWhole(unitPath, uevent);
    }
    this.#cause = cause;
  }

  /** With udev's word on the unit, its interfaces and all below, there is nothing to wait for. */
  async #endIfWhole(unitPath: string | null, {source, action, devpath}: Uevent): Promise<void> {
    const isLast = source === 'udev' && action === 'bind' && devpath === unitPath;
    if (isLast && !this.#lag.isWaiting(devpath)) {
      await this.#picture.readNoted();
      if (this.#picture.isBound(devpath)) {
        this.#settling.end(devpath);
      }
    }
  }

  /** One plug of these is many records; a single kernel device is whole at once. */
  #waits(unitPath: string, {action, devpath, subsystem}: Uevent): boolean {
    if (unitPath.startsWith('/devices/virtual/') || (action === 'remove' && devpath === unitPath)) {
      return false;
    }
    const isSingle = subsystem === 'net' && !unitPath.includes('/usb');
    return !isSingle && (action !== 'change' || this.#settling.has(unitPath));
  }

  async #flush(resync?: Resync): Promise<void> {
    await this.#picture.readNoted();
    const cause = this.#cause ?? {time: this.#options.clock.iso()};
    this.#cause = undefined;
    await this.#recorder.flush(cause, resync);
  }

  /**
   * Compares with the kernel. What differs may be on its way as a record that is not lost at all:
   * only what still differs at a second look was missed. A monitor that ended has missed it.
   */
  async #resync({resync, isSecond}: ResyncNotice): Promise<void> {
    const signal = this.#signal;
    if (signal === undefined || signal.aborted) {
      return;
    }
    await this.#flush();
    const {devices, links} = await this.#enumerate(signal);
    const isSure = isSecond || resync.cause === 'monitor-ended';
    if (this.#picture.isLike(devices, links) && resync.drops === 0 && !isSure) {
      this.#loss.compared();
      return;
    }
    if (isSure) {
      return await this.#apply(resync, devices, links);
    }
    this.#cancelSecondLook?.();
    this.#cancelSecondLook = this.#options.clock.after(SECOND_LOOK_MS, () =>
      this.#push({kind: 'resync', resync, isSecond: true}),
    );
  }

  async #enumerate(signal: AbortSignal): Promise<{
    devices: readonly KernelDevice[];
    links: readonly LinkFact[];
  }> {
    const {monitor, links} = this.#options;
    this.#counts.resyncs += 1;
    try {
      return {devices: await monitor.enumerate(signal), links: await links.list(signal)};
    } catch (error) {
      this.#loss.compared(); // not so, but the timer has to run on: it is tried again
      throw error;
    }
  }

  async #apply(
    resync: Resync,
    devices: readonly KernelDevice[],
    links: readonly LinkFact[],
  ): Promise<void> {
    this.#picture.replaceAll(devices, links);
    this.#cause = causeOfResync(resync, this.#options.clock);
    await this.#flush(resync);
    this.#loss.compared();
  }
}
