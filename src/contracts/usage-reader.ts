import type {PortUsers} from '#domain/port/user.ts';

/** What a reading looks for: the nodes and the interface of one port's functions. */
export interface UsageQuestion {
  readonly portId: string;
  /** Paths in /dev. */
  readonly nodes: readonly string[];
  /** Network interface names. */
  readonly interfaces: readonly string[];
  /** Devpaths of its unit: by them an interface that another network namespace has is known. */
  readonly devpaths?: readonly string[] | undefined;
  /** It has an interface, which is in another network namespace than ours. */
  readonly isAway?: boolean | undefined;
}

/** Reads who has what open, mounted or routed. */
export interface UsageReader {
  read(questions: readonly UsageQuestion[], signal: AbortSignal): Promise<PortUsers>;
}
