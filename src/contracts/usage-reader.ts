import type {PortUsers} from '#domain/port/user.ts';

/** What a reading looks for: the nodes and the interface of one port's functions. */
export interface UsageQuestion {
  readonly portId: string;
  /** Paths in /dev. */
  readonly nodes: readonly string[];
  /** Network interface names. */
  readonly interfaces: readonly string[];
  /** Hardware addresses of interfaces that are not in our network namespace any more. */
  readonly addresses?: readonly string[] | undefined;
}

/** Reads who has what open, mounted or routed. */
export interface UsageReader {
  read(questions: readonly UsageQuestion[], signal: AbortSignal): Promise<PortUsers>;
}
