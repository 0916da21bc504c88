import type {ContainerManager, ContainerNotice} from '#contracts/container-manager.ts';
import type {ContainerFact, ContainerLimit} from '#domain/container/container.ts';
import {CimError} from '#domain/errors.ts';

/** A manager whose containers a test or the demo starts and ends. */
export interface MemoryContainerManager extends ContainerManager {
  /** It comes up, and then runs as this says. */
  run(container: ContainerFact): void;
  /** It is stopped in order. */
  close(name: string): void;
  /** It dies. */
  kill(name: string): void;
  /** From now on nothing can be seen, and nothing is told. */
  lose(limit: ContainerLimit): void;
  /** It can be seen again: what has changed meanwhile is told. */
  recover(): void;
}

/** A machine on which these containers run. Changes are told in the turn that makes them. */
export function createMemoryContainerManager(
  initial: readonly ContainerFact[] = [],
): MemoryContainerManager {
  const there = new Map(initial.map((container) => [container.name, container]));
  const told = new Map<string, ContainerFact>();
  let listener: ((notice: ContainerNotice) => void) | undefined;
  let limit: ContainerLimit | null = null;

  const tell = (): void => {
    if (listener === undefined || limit !== null) {
      return;
    }
    for (const name of [...told.keys()].filter((known) => !there.has(known))) {
      told.delete(name);
      listener({kind: 'gone', name});
    }
    for (const container of [...there.values()].filter((each) => told.get(each.name) !== each)) {
      told.set(container.name, container);
      listener({kind: 'container', container});
    }
  };
  const set = (container: ContainerFact): void => {
    there.set(container.name, container);
    tell();
  };
  const kill = (name: string): void => {
    there.delete(name);
    tell();
  };
  const be = (now: ContainerLimit | null): void => {
    limit = now;
    listener?.({kind: 'ability', limit});
    tell();
  };
  return {
    async start(to, signal) {
      listener = to;
      told.clear();
      signal.addEventListener('abort', () => {
        listener = undefined;
      });
      tell();
      return {limit};
    },
    async list() {
      if (limit !== null) {
        throw new CimError(limit.refused, `list containers: ${limit.detail}`);
      }
      return [...there.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    async stop() {
      listener = undefined;
    },
    run(container) {
      set({...container, state: 'opening', addresses: []});
      set(container);
    },
    close(name) {
      const container = there.get(name);
      if (container !== undefined) {
        set({...container, state: 'closing'});
        kill(name);
      }
    },
    kill,
    lose: be,
    recover: () => be(null),
  };
}
