import type {ContainerFact, ContainerLimit} from '#domain/container/container.ts';

/** What a manager tells: a whole new fact, one that is gone, or what can be seen from now on. */
export type ContainerNotice =
  | {readonly kind: 'container'; readonly container: ContainerFact}
  | {readonly kind: 'gone'; readonly name: string}
  | {readonly kind: 'ability'; readonly limit: ContainerLimit | null};

/** What can be seen of containers here. */
export interface ContainerAbility {
  /** What is missing, or null. */
  readonly limit: ContainerLimit | null;
}

/** The containers that systemd-machined knows. */
export interface ContainerManager {
  /**
   * Starts to follow; resolves when what runs has been told and no later change can be missed, or
   * with what is missing. A manager that goes and comes back tells what has changed meanwhile.
   */
  start(
    listener: (notice: ContainerNotice) => void,
    signal: AbortSignal,
  ): Promise<ContainerAbility>;
  /**
   * What runs now, in order of name. What it finds changed is told to the listener, too.
   * @throws CimError `no-system-bus`, `no-machined`, `machined-failed`
   */
  list(signal: AbortSignal): Promise<readonly ContainerFact[]>;
  stop(): Promise<void>;
}
