import {setTimeout as pause} from 'node:timers/promises';

import type {
  ContainerAbility,
  ContainerManager,
  ContainerNotice,
} from '#contracts/container-manager.ts';
import type {Log} from '#contracts/log.ts';
import type {ContainerFact, ContainerLimit} from '#domain/container/container.ts';
import {CimError} from '#domain/errors.ts';
import {isUnowned, limitOf} from './limit.ts';
import {MACHINED, readMachines, unitPath} from './machines.ts';
import {answeredError, type BusSignal, openSystemBus, type SystemBus} from './system-bus.ts';

export interface ContainerManagerOptions {
  readonly log: Log;
  /** As D-Bus writes it; the machine's own system bus unless told otherwise. */
  readonly busAddress?: string | undefined;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** Between two readings: one unit that never rests must not keep machined and systemd busy. */
const REST_MS = 50;

const SYSTEMD = 'org.freedesktop.systemd1';
const DAEMON = 'org.freedesktop.DBus';
/** Each signal is a reason to read; what is there is never taken from the signal itself. */
const RULES: readonly string[] = [
  `type='signal',sender='${MACHINED.destination}',interface='${MACHINED.interface}'`,
  `type='signal',sender='${DAEMON}',member='NameOwnerChanged',arg0='${MACHINED.destination}'`,
];
/** With its ActiveState: systemd tells of the rest of a service beside it, in a signal of its own. */
const unitRule = (unit: string): string =>
  `type='signal',sender='${SYSTEMD}',member='PropertiesChanged',arg0='${SYSTEMD}.Unit',path='${unitPath(unit)}'`;

/** The containers of systemd-machined, over the system bus. */
export const createContainerManager = (options: ContainerManagerOptions): ContainerManager =>
  new MachinedManager(options);

class MachinedManager implements ContainerManager {
  readonly #log: Log;
  readonly #address: string;
  readonly #known = new Map<string, ContainerFact>();
  #listener: (notice: ContainerNotice) => void = () => {};
  #ending = new AbortController();
  #bus: SystemBus | undefined;
  #rules: ReadonlySet<string> = new Set();
  #looking: Promise<void> | undefined;
  #isWanted = false;
  #readAt = Number.NEGATIVE_INFINITY;
  /** It was asked, and nothing ran: a machined that has ended then may stay so. */
  #isKnownIdle = false;
  #limit: ContainerLimit | null = null;
  #pauseMs = FIRST_PAUSE_MS;
  #cancelRetry = (): void => undefined;

  constructor({log, busAddress = systemBusAddress()}: ContainerManagerOptions) {
    this.#log = log;
    this.#address = busAddress;
  }

  async start(
    listener: (notice: ContainerNotice) => void,
    signal: AbortSignal,
  ): Promise<ContainerAbility> {
    this.#listener = listener;
    this.#known.clear();
    this.#limit = null;
    this.#ending = new AbortController();
    signal.addEventListener('abort', () => void this.stop(), {once: true});
    await this.#connect();
    return {limit: this.#limit};
  }

  async list(signal: AbortSignal): Promise<readonly ContainerFact[]> {
    await this.#look();
    signal.throwIfAborted();
    if (this.#limit !== null) {
      throw new CimError(this.#limit.refused, `list containers: ${this.#limit.detail}`);
    }
    return [...this.#known.values()];
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    this.#cancelRetry();
    this.#listener = () => {};
    this.#bus?.close();
    this.#bus = undefined;
    await this.#looking;
  }

  async #connect(): Promise<void> {
    const {signal} = this.#ending;
    const options = {
      address: this.#address,
      onSignal: (heard: BusSignal) => this.#hear(heard),
      onLost: (reason: string) => this.#lose(new CimError('no-system-bus', reason)),
    };
    try {
      const bus = await openSystemBus(options, signal);
      if (signal.aborted) {
        bus.close();
        return;
      }
      this.#bus = bus;
    } catch (error) {
      this.#lose(error);
      return;
    }
    this.#rules = new Set();
    this.#isKnownIdle = false;
    await this.#look();
  }

  #hear({member, body}: BusSignal): void {
    if (member === 'NameAcquired') {
      return; // the bus has told us our own name
    }
    const [, , newOwner] = body;
    const hasEnded = member === 'NameOwnerChanged' && newOwner === '';
    if (!(hasEnded && this.#isKnownIdle)) {
      void this.#look();
    }
  }

  #lose(error: unknown): void {
    this.#bus = undefined;
    this.#fail(error);
  }

  /** Reads until no signal has come during a reading. Never fails: what is missing is told. */
  #look(): Promise<void> {
    this.#isWanted = true;
    const bus = this.#bus;
    this.#looking ??= this.#lookWhileWanted()
      .catch((error: unknown) => {
        // A bus that was lost meanwhile has been told as that.
        if (bus !== undefined && this.#bus === bus) {
          this.#fail(error);
        }
      })
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  async #lookWhileWanted(): Promise<void> {
    const {signal} = this.#ending;
    while (this.#isWanted) {
      await this.#rest(signal);
      const bus = this.#bus;
      if (bus === undefined) {
        return;
      }
      this.#isWanted = false;
      if (this.#rules.size === 0) {
        await this.#watch(bus, new Set(RULES));
        await subscribe(bus, signal);
      }
      const facts = await this.#read(bus).finally(() => {
        this.#readAt = performance.now();
      });
      if (signal.aborted || this.#bus !== bus) {
        return;
      }
      this.#isKnownIdle = facts.length === 0;
      this.#able();
      this.#tell(facts);
      const units = facts.flatMap(({unit}) => (unit === null ? [] : unitRule(unit)));
      const isNew = await this.#watch(bus, new Set([...RULES, ...units]));
      this.#isWanted ||= isNew; // what has changed before the watch was heard by nobody
    }
  }

  async #rest(signal: AbortSignal): Promise<void> {
    const restMs = this.#readAt + REST_MS - performance.now();
    if (restMs > 0) {
      await pause(restMs, undefined, {signal});
    }
  }

  async #read(bus: SystemBus): Promise<readonly ContainerFact[]> {
    const {signal} = this.#ending;
    const isIdle = this.#isKnownIdle;
    try {
      // One that has died with containers is started for its list of them.
      return await readMachines({bus, signal, startsService: !isIdle});
    } catch (error) {
      if (isIdle && (await isStartable(bus, error, signal))) {
        return [];
      }
      throw error;
    }
  }

  #tell(facts: readonly ContainerFact[]): void {
    const there = new Set(facts.map(({name}) => name));
    for (const name of [...this.#known.keys()].filter((known) => !there.has(known))) {
      this.#known.delete(name);
      this.#listener({kind: 'gone', name});
    }
    for (const container of facts) {
      const known = this.#known.get(container.name);
      if (JSON.stringify(known) !== JSON.stringify(container)) {
        this.#known.set(container.name, container);
        this.#listener({kind: 'container', container});
      }
    }
  }

  /** Asks for the signals of these rules and no others. True when one is new. */
  async #watch(bus: SystemBus, rules: ReadonlySet<string>): Promise<boolean> {
    const {signal} = this.#ending;
    const added = [...rules].filter((rule) => !this.#rules.has(rule));
    const left = [...this.#rules].filter((rule) => !rules.has(rule));
    await Promise.all([
      ...added.map((rule) => bus.watch(rule, signal)),
      ...left.map((rule) => bus.unwatch(rule, signal)),
    ]);
    this.#rules = rules;
    return added.length > 0;
  }

  #able(): void {
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#cancelRetry();
    if (this.#limit !== null) {
      this.#limit = null;
      this.#log.info('follow containers: they can be seen');
      this.#listener({kind: 'ability', limit: null});
    }
  }

  #fail(error: unknown): void {
    if (this.#ending.signal.aborted) {
      return;
    }
    const limit = limitOf(error);
    if (this.#limit?.refused !== limit.refused) {
      this.#limit = limit;
      this.#log.warn(`follow containers: ${limit.refused}: ${limit.detail}`);
      this.#listener({kind: 'ability', limit});
    }
    this.#isKnownIdle = false;
    this.#cancelRetry();
    this.#cancelRetry = after(this.#pauseMs, () => {
      void (this.#bus === undefined ? this.#connect() : this.#look());
    });
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

const systemBusAddress = (): string =>
  process.env.DBUS_SYSTEM_BUS_ADDRESS ?? 'unix:path=/run/dbus/system_bus_socket';

/** systemd sends signals of units only while somebody has asked for them. */
async function subscribe(bus: SystemBus, signal: AbortSignal): Promise<void> {
  try {
    await bus.call(
      {
        destination: SYSTEMD,
        path: '/org/freedesktop/systemd1',
        interface: `${SYSTEMD}.Manager`,
        member: 'Subscribe',
      },
      signal,
    );
  } catch (error) {
    if (answeredError(error) === undefined) {
      throw error;
    }
    // A bus without systemd has no units either; what is missing shows when machined is asked.
  }
}

/** Whether machined has not answered because it does not run, and could be started. */
async function isStartable(bus: SystemBus, error: unknown, signal: AbortSignal): Promise<boolean> {
  if (!isUnowned(error)) {
    return false;
  }
  const names = await bus.call(
    {
      destination: DAEMON,
      path: '/org/freedesktop/DBus',
      interface: DAEMON,
      member: 'ListActivatableNames',
    },
    signal,
  );
  return Array.isArray(names) && names.includes(MACHINED.destination);
}

function after(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}
