import type {PlainStep} from './port-control.ts';

/** What is put back, and when. */
export interface RevertPlan {
  /** One path token: letters, digits and `-`. */
  readonly id: string;
  readonly afterSeconds: number;
  readonly steps: readonly PlainStep[];
}

/** How a guard that has acted came out. */
export interface RevertOutcome {
  /** ISO time. */
  readonly at: string;
  /** What could not be put back; null: all is. */
  readonly failed: string | null;
}

/**
 * Puts back what was changed on trial. It lives outside the agent: it acts when agent, server and
 * whoever asked are gone.
 */
export interface RevertGuard {
  /** Resolves once it is sure to act. @throws CimError `guard-failed` */
  arm(plan: RevertPlan, signal: AbortSignal): Promise<void>;
  /** From now on it does not act, unless it has: then how it came out. One that is not known: null. */
  disarm(id: string, signal: AbortSignal): Promise<RevertOutcome | null>;
  /** Acts now, or tells how it came out before. One that is not known: null. */
  fire(id: string, signal: AbortSignal): Promise<RevertOutcome | null>;
  /** How one came out that has acted; null: it has not. */
  outcome(id: string): Promise<RevertOutcome | null>;
  /** Ids of all that are kept, armed or not. */
  list(): Promise<readonly string[]>;
  /** Nothing is kept of it any more. */
  forget(id: string): Promise<void>;
}
