import type {Clock} from '#contracts/clock.ts';
import type {ContainerManager, ContainerNotice} from '#contracts/container-manager.ts';
import type {Log} from '#contracts/log.ts';
import {
  type ContainerFact,
  type Containers,
  UNREAD_CONTAINERS,
} from '#domain/container/container.ts';
import {isCimError} from '#domain/errors.ts';

export interface ContainerWatchOptions {
  readonly manager: ContainerManager;
  readonly clock: Clock;
  readonly log: Log;
  /** Called at each change, and at each reading. */
  readonly onRead: (containers: Containers) => void;
  readonly signal: AbortSignal;
}

/** The containers of this machine, seen live and never stored. */
export interface ContainerWatch {
  containers(): Containers;
  start(): void;
  stop(): Promise<void>;
}

/** The first reading waits until the leaf has answered those who wait for it. */
const FIRST_MS = 500;
/** No signal tells of a new address: after a change it is looked soon, then ever less often. */
const SOON_MS = 250;
/** And in the end this often, should a signal have got lost. An idle machined ends after 30 s. */
const EVERY_MS = 60_000;

/** A watch that hears each change by a signal, and makes sure of it by readings. */
export function createContainerWatch(options: ContainerWatchOptions): ContainerWatch {
  const {manager, clock, log, onRead, signal} = options;
  const facts = new Map<string, ContainerFact>();
  let containers = UNREAD_CONTAINERS;
  let isStopped = false;
  let lookMs = SOON_MS;
  let cancel = (): void => undefined;
  const publish = (limit: Containers['limit']): void => {
    if (!isStopped && !signal.aborted) {
      const list = limit === null ? [...facts.values()] : [];
      containers = {list, limit, seenAt: clock.iso()};
      onRead(containers);
    }
  };
  const plan = (delayMs: number, then: () => Promise<void>): void => {
    cancel();
    if (!isStopped && !signal.aborted) {
      cancel = clock.after(delayMs, () => {
        then().catch((error: unknown) => log.error('read containers', error));
      });
    }
  };
  const lookSoon = (): void => {
    lookMs = SOON_MS;
    plan(lookMs, look);
  };
  const look = async (): Promise<void> => {
    lookMs = Math.min(lookMs * 2, EVERY_MS);
    plan(lookMs, look);
    try {
      const list = await manager.list(signal);
      facts.clear();
      for (const fact of list) {
        facts.set(fact.name, fact);
      }
      publish(null);
    } catch (error) {
      // What is missing the manager tells by itself, and when it is there again.
      if (containers.limit === null || !isCimError(error, containers.limit.refused)) {
        throw error;
      }
    }
  };
  const hear = (notice: ContainerNotice): void => {
    switch (notice.kind) {
      case 'container':
        facts.set(notice.container.name, notice.container);
        break;
      case 'gone':
        facts.delete(notice.name);
        break;
      case 'ability':
        publish(notice.limit);
        lookSoon();
        return;
    }
    publish(null);
    lookSoon();
  };
  const begin = async (): Promise<void> => {
    const {limit} = await manager.start(hear, signal);
    publish(limit);
    lookSoon();
  };
  return {
    containers: () => containers,
    start: () => plan(FIRST_MS, begin),
    async stop() {
      isStopped = true;
      cancel();
      await manager.stop();
    },
  };
}
