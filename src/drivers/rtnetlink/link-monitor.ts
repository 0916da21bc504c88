import {readFileSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';

import type {LinkAbility, LinkMonitor} from '#contracts/device-monitor.ts';
import type {Log} from '#contracts/log.ts';
import type {LineProcess, ProcessRunner} from '#contracts/process-runner.ts';
import {isCimError} from '#domain/errors.ts';
import type {LinkFact} from '#domain/kernel-device.ts';
import {createLinkReader, type LinkReader} from './links.ts';
import {linkInLine} from './record.ts';

export interface LinkMonitorOptions {
  readonly runner: ProcessRunner;
  readonly log: Log;
  readonly sysRoot?: string | undefined;
  readonly procRoot?: string | undefined;
}

type Listener = Parameters<LinkMonitor['start']>[0];

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** Without `ip`, sysfs is read this often. */
const POLL_MS = 1000;
/** `ip monitor` says nothing when it listens: its socket is looked for, this often and this long. */
const LOOK_MS = 4;
const LOOKS = 500;
/** A record of an interface that is not there is followed by another; a full look is for what is lost. */
const COMPARE_MS = 1000;

/** Links by `ip monitor link`, each record a reason to read sysfs. */
export const createLinkMonitor = (options: LinkMonitorOptions): LinkMonitor =>
  new RtnetlinkMonitor(options);

class RtnetlinkMonitor implements LinkMonitor {
  readonly #runner: ProcessRunner;
  readonly #log: Log;
  readonly #reader: LinkReader;
  readonly #procRoot: string;
  readonly #known = new Map<number, LinkFact>();
  #listener: Listener = () => {};
  #process: LineProcess | undefined;
  #cancel: (() => void) | undefined;
  #cancelCompare: (() => void) | undefined;
  #pauseMs = FIRST_PAUSE_MS;
  #isStopped = false;

  constructor({runner, log, sysRoot, procRoot = '/proc'}: LinkMonitorOptions) {
    this.#runner = runner;
    this.#log = log;
    this.#reader = createLinkReader(sysRoot);
    this.#procRoot = procRoot;
  }

  async list(signal: AbortSignal): Promise<readonly LinkFact[]> {
    signal.throwIfAborted();
    return this.#reader.list();
  }

  async start(listener: Listener, signal: AbortSignal): Promise<LinkAbility> {
    this.#listener = listener;
    this.#isStopped = false;
    signal.addEventListener('abort', () => void this.stop(), {once: true});
    try {
      await this.#follow();
    } catch (error) {
      if (!isCimError(error, 'process-failed')) {
        throw error;
      }
      this.#poll();
      return {limit: 'ip cannot be run: links are looked at each second only; install iproute2'};
    }
    return {limit: null};
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    this.#cancelCompare?.();
    const running = this.#process;
    this.#process = undefined;
    running?.kill();
    await running?.ended;
  }

  async #follow(): Promise<void> {
    const running = await this.#runner.lines('ip', ['-o', 'monitor', 'link'], {
      onLine: (line) => this.#hear(line),
    });
    this.#process = running;
    void running.ended.then((how) => this.#onEnded(running, how));
    await this.#untilListening(running);
    this.#compare();
  }

  async #untilListening({pid}: LineProcess): Promise<void> {
    for (let look = 0; look < LOOKS && this.#process?.pid === pid; look += 1) {
      if (hasSocket(this.#procRoot, pid)) {
        return;
      }
      await pause(LOOK_MS);
    }
  }

  #onEnded(running: LineProcess, how: string): void {
    if (this.#isStopped || this.#process !== running) {
      return;
    }
    this.#process = undefined;
    this.#log.warn(`follow ip monitor link: ${how}`);
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    this.#cancel = after(this.#pauseMs, () => {
      this.#follow().catch(() => this.#poll()); // what went is told by the next comparison
    });
  }

  /** A record is about one interface; which one its name says, and sysfs says the rest. */
  #hear(line: string): void {
    const record = linkInLine(line);
    if (record === undefined) {
      return;
    }
    const link = record.names
      .map((name) => this.#reader.read(name))
      .find((read) => read?.ifindex === record.ifindex);
    if (link !== undefined) {
      this.#tell(link);
      this.#tellMaster(link);
    } else if (record.isDeleted) {
      this.#drop(record.ifindex);
    } else {
      this.#cancelCompare ??= after(COMPARE_MS, () => this.#compare());
    }
  }

  #drop(ifindex: number): void {
    if (this.#known.delete(ifindex)) {
      this.#listener({kind: 'gone', ifindex});
    }
  }

  /**
   * A bridge has lost its carrier when its last member has, but the kernel holds the bridge's own
   * record back for up to a second (net/core/link_watch.c); sysfs knows at once.
   */
  #tellMaster({master}: LinkFact): void {
    const link = master === null ? undefined : this.#reader.read(master);
    if (link !== undefined) {
      this.#tell(link);
    }
  }

  #tell(link: LinkFact): void {
    const known = this.#known.get(link.ifindex);
    if (known === undefined || !isSame(known, link)) {
      this.#known.set(link.ifindex, link);
      this.#listener({kind: 'link', link});
    }
  }

  #compare(): void {
    this.#cancelCompare?.();
    this.#cancelCompare = undefined;
    const links = this.#reader.list();
    const there = new Set(links.map(({ifindex}) => ifindex));
    for (const ifindex of [...this.#known.keys()].filter((known) => !there.has(known))) {
      this.#drop(ifindex);
    }
    for (const link of links) {
      this.#tell(link);
    }
  }

  #poll(): void {
    if (!this.#isStopped) {
      this.#compare();
      this.#cancel = after(POLL_MS, () => this.#poll());
    }
  }
}

/** NETLINK_ROUTE is protocol 0; a socket that has asked for no groups hears nothing. */
function hasSocket(procRoot: string, pid: number): boolean {
  const rows = readFileSync(`${procRoot}/net/netlink`, 'utf8').split('\n');
  return rows.some((row) => {
    const [, protocol, portId, groups] = row.trim().split(/\s+/);
    return protocol === '0' && portId === String(pid) && Number.parseInt(groups ?? '0', 16) !== 0;
  });
}

const isSame = (a: LinkFact, b: LinkFact): boolean =>
  a.name === b.name &&
  a.kind === b.kind &&
  a.isUp === b.isUp &&
  a.hasCarrier === b.hasCarrier &&
  a.speedMbps === b.speedMbps &&
  a.master === b.master;

function after(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}
