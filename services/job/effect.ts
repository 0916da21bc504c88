import type {EventStore} from '#contracts/event-store.ts';
import type {PortLamps} from '#contracts/port-lamps.ts';
import type {JobResult} from '#domain/job/events.ts';
import type {Inventory} from '#projections/inventory.ts';

/** What the work of a job stands on. */
export interface JobTools {
  readonly store: EventStore;
  readonly lamps: PortLamps;
  /** The state as it is now. */
  inventory(): Inventory;
}

/** What is to be done, and how it is told how far it is. */
export interface JobWork {
  readonly target: string;
  /** Of the command; read by its schema. */
  readonly data: unknown;
  /** Aborted when somebody cancels the job, or the agent ends: the work ends within a second. */
  readonly signal: AbortSignal;
  /** May be called as often as it likes. */
  onProgress(progress: {
    readonly done: number;
    readonly total: number | null;
    readonly phase?: string;
  }): void;
}

/**
 * Does the work of a job and tells what it counted. After a restart it may be called again with the
 * same: it asks how things stand first, and acts second. Throws when it cannot, or was aborted.
 */
export type RunJob = (work: JobWork, tools: JobTools) => Promise<JobResult>;
