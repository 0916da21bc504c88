import {setImmediate as nextTurn} from 'node:timers/promises';

import type {DeviceMonitor, MonitorAbility, MonitorNotice} from '#contracts/device-monitor.ts';
import type {Log} from '#contracts/log.ts';
import type {LineProcess, ProcessRunner} from '#contracts/process-runner.ts';
import {CimError, isCimError} from '#domain/errors.ts';
import type {KernelDevice} from '#domain/kernel-device.ts';
import {createUdevDatabase, type DatabaseTrust} from './database.ts';
import {createDropCounter, type DropCounter} from './drops.ts';
import {createRecordParser} from './record.ts';
import {createSysfs, type Sysfs} from './sysfs.ts';
import {findUdevd} from './udevd.ts';

export interface DeviceMonitorOptions {
  readonly runner: ProcessRunner;
  readonly log: Log;
  readonly sysRoot?: string | undefined;
  readonly runRoot?: string | undefined;
  readonly procRoot?: string | undefined;
}

/** udevadm is ready in some milliseconds; a machine under load gets this long. */
const START_MS = 10_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** A monitor that lived this long was well: the next pause is the first again. */
const WELL_MS = 30_000;
const DROPS_EVERY_MS = 1000;
const SLICE_MS = 8;

/** The kernel's devices by sysfs, the udev database and `udevadm monitor`. */
export const createDeviceMonitor = (options: DeviceMonitorOptions): DeviceMonitor =>
  new UdevMonitor(options);

class UdevMonitor implements DeviceMonitor {
  readonly #runner: ProcessRunner;
  readonly #log: Log;
  readonly #sysfs: Sysfs;
  readonly #runRoot: string;
  readonly #procRoot: string;
  #trust: DatabaseTrust;
  #listener: (notice: MonitorNotice) => void = () => {};
  #process: LineProcess | undefined;
  #drops: {readonly counter: DropCounter; readonly seen: number} | undefined;
  #cancelDrops: (() => void) | undefined;
  #cancelRestart: (() => void) | undefined;
  #pauseMs = FIRST_PAUSE_MS;
  #isStopped = false;

  constructor({runner, log, sysRoot, runRoot = '/run', procRoot = '/proc'}: DeviceMonitorOptions) {
    this.#runner = runner;
    this.#log = log;
    this.#sysfs = createSysfs(sysRoot);
    this.#runRoot = runRoot;
    this.#procRoot = procRoot;
    this.#trust = {isAlive: false, isSameNetwork: false};
  }

  async enumerate(signal: AbortSignal): Promise<readonly KernelDevice[]> {
    this.#lookForUdevd();
    let sliceMs = performance.now();
    return await this.#sysfs.readAll(this.#database(), async () => {
      signal.throwIfAborted();
      if (performance.now() - sliceMs > SLICE_MS) {
        await nextTurn();
        sliceMs = performance.now();
      }
    });
  }

  async read(devpath: string): Promise<readonly KernelDevice[]> {
    return this.#sysfs.read(devpath, this.#database());
  }

  async start(
    listener: (notice: MonitorNotice) => void,
    signal: AbortSignal,
  ): Promise<MonitorAbility> {
    this.#listener = listener;
    this.#isStopped = false;
    signal.addEventListener('abort', () => void this.stop(), {once: true});
    try {
      await this.#follow();
    } catch (error) {
      if (!isCimError(error, 'process-failed')) {
        throw error;
      }
      return {
        hasUdev: false,
        limit: 'udevadm cannot be run: changes show up within a minute only; install udev',
      };
    }
    return this.#ability();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelDrops?.();
    this.#cancelRestart?.();
    const running = this.#process;
    this.#process = undefined;
    running?.kill();
    await running?.ended;
  }

  #lookForUdevd(): void {
    this.#trust = findUdevd({procRoot: this.#procRoot, runRoot: this.#runRoot});
  }

  #database() {
    return createUdevDatabase(this.#trust, this.#runRoot);
  }

  #hasUdev(): boolean {
    return this.#trust.isAlive && this.#trust.isSameNetwork;
  }

  #ability(): MonitorAbility {
    const {isAlive} = this.#trust;
    if (this.#hasUdev()) {
      return {hasUdev: true, limit: null};
    }
    const why = isAlive ? 'udevd serves another network namespace' : 'udevd does not run';
    return {hasUdev: false, limit: `${why}: names and kinds come from the kernel alone`};
  }

  /** Starts udevadm; resolves when its sockets listen. @throws CimError `process-failed`, `time-is-up` */
  async #follow(): Promise<void> {
    this.#lookForUdevd();
    const ready = Promise.withResolvers<void>();
    const parser = createRecordParser(
      (uevent) => this.#listener({kind: 'uevent', uevent}),
      ready.resolve,
    );
    const sources = this.#hasUdev() ? ['--kernel', '--udev'] : ['--kernel'];
    const errors: string[] = [];
    const running = await this.#runner.lines('udevadm', ['monitor', ...sources, '--property'], {
      onLine: parser.line,
      onError: (line) => errors.push(line),
    });
    const cancel = after(START_MS, () =>
      ready.reject(new CimError('time-is-up', `start udevadm monitor: silent for ${START_MS} ms`)),
    );
    const startedMs = performance.now();
    this.#process = running;
    void running.ended.then((how) => {
      const reason = [how, ...errors.slice(0, 3)].join(': ');
      ready.reject(new CimError('process-failed', `start udevadm monitor: ${reason}`));
      this.#onEnded(running, reason, startedMs);
    });
    try {
      await ready.promise;
    } finally {
      cancel();
    }
    this.#countDrops(running.pid);
  }

  #onEnded(running: LineProcess, reason: string, startedMs: number): void {
    if (this.#isStopped || this.#process !== running) {
      return;
    }
    this.#process = undefined;
    this.#cancelDrops?.();
    this.#log.warn(`follow udevadm monitor: ${reason}`);
    const wasWell = performance.now() - startedMs > WELL_MS;
    this.#pauseMs = wasWell ? FIRST_PAUSE_MS : Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    this.#restartLater(reason);
  }

  #restartLater(reason: string): void {
    this.#cancelRestart = after(this.#pauseMs, () => {
      this.#follow().then(
        () => this.#listener({kind: 'restarted', reason}),
        (error: unknown) => {
          // One that ended while it started has been noticed by its end already.
          if (this.#process === undefined && !this.#isStopped) {
            this.#restartLater(error instanceof Error ? error.message : String(error));
          }
        },
      );
    });
  }

  #countDrops(pid: number): void {
    this.#cancelDrops?.();
    this.#drops = {counter: createDropCounter(pid, this.#procRoot), seen: 0};
    const look = (): void => {
      const {counter, seen} = this.#drops ?? {};
      const total = counter?.total() ?? 0;
      if (counter !== undefined && seen !== undefined && total > seen) {
        this.#drops = {counter, seen: total};
        this.#listener({kind: 'drops', count: total - seen});
      }
      this.#cancelDrops = after(DROPS_EVERY_MS, look);
    };
    this.#cancelDrops = after(DROPS_EVERY_MS, look);
  }
}

function after(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}
