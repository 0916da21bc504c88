/** What of a port could show where it is. */
export interface LampQuestion {
  /** Paths in /dev. */
  readonly nodes: readonly string[];
  /** Network interface names. */
  readonly interfaces: readonly string[];
}

/** led: a lamp of the kernel's or of the enclosure; ethtool: of a network card; disk: its activity. */
export type LampKind = 'led' | 'ethtool' | 'disk';

export interface BlinkOptions {
  readonly durationMs: number;
  /** Aborted: it stops within a second, and what was before is restored. */
  readonly signal: AbortSignal;
  /** Called when a lamp has begun to blink. */
  readonly onBegun: (kind: LampKind) => void;
}

/** Lamps by which people find a socket. Nothing of what is plugged in is changed. */
export interface PortLamps {
  /**
   * Lets the best lamp blink and resolves when it has ended: with its kind, or null at once where
   * the port has none that we may use.
   */
  blink(question: LampQuestion, options: BlinkOptions): Promise<LampKind | null>;
}
