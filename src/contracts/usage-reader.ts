/** What a reading looks for: the nodes and the interface of one port's functions. */
export interface UsageQuestion {
  readonly portId: string;
  /** Paths in /dev. */
  readonly nodes: readonly string[];
  /** Network interface names. */
  readonly interfaces: readonly string[];
}

export interface UsingProcess {
  readonly pid: number;
  readonly name: string;
  readonly user: string;
  readonly unit: string | null;
}

/** Who uses a port now: MODEL.md, User. `unknown` where we may not look, never `free`. */
export interface PortUser {
  readonly kind: 'host' | 'container' | 'free' | 'unknown' | 'waiting';
  readonly name: string | null;
  readonly unit: string | null;
  readonly processes: readonly UsingProcess[];
  /** ISO time of the reading. */
  readonly seenAt: string;
  /** `you`: your own session comes through it · `boot`: holds / or /boot · `route`: default route. */
  readonly marks: readonly ('boot' | 'route' | 'mount')[];
}

/** Reads who has what open, mounted or routed. */
export interface UsageReader {
  read(
    questions: readonly UsageQuestion[],
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, PortUser>>>;
}
