import type {Envelope} from '#domain/envelope.ts';
import type {StoredMessage} from '#domain/message.ts';

/** Where the stream stands: its last sequence (0 when empty) and the digest D(sequence) in hex. */
export interface Head {
  readonly sequence: number;
  readonly digest: string;
}

export interface AppendOptions {
  /** The whole stream's last sequence as the writer knows it: the fence. */
  readonly expectedSequence: number;
  /** Lease epoch of the writer, kept in the header `Cim-Epoch`. */
  readonly epoch: number;
  readonly signal: AbortSignal;
}

/**
 * appended: stored and fsynced, `first`–`last` are the sequences, in order, no gap ·
 * fence-lost: the stream stood at `actual`, nothing stored · store-full: nothing stored.
 */
export type AppendResult =
  | {readonly kind: 'appended'; readonly first: number; readonly last: number}
  | {readonly kind: 'fence-lost'; readonly actual: number}
  | {readonly kind: 'store-full'};

export interface ReadOptions {
  /** First sequence to read, 1 for all. */
  readonly from: number;
  readonly signal: AbortSignal;
}

/** Reading a leaf's events. What can't be read as an event still comes, marked. */
export interface EventReader {
  /**
   * What stands at a sequence; undefined: nothing.
   * @throws CimError `no-agent`, `nats-refused`, `time-is-up`, `nats-failed`
   */
  read(sequence: number, signal: AbortSignal): Promise<StoredMessage | undefined>;
  /** The newest message of one aggregate; undefined: it has none. @throws CimError as `read` */
  readNewest(
    aggregate: string,
    id: string,
    signal: AbortSignal,
  ): Promise<StoredMessage | undefined>;
  /** Every message from a sequence to the stream's present end, then the iteration is over. */
  readAll(options: ReadOptions): AsyncIterable<StoredMessage>;
  /** The same in portions as they come, some thousand at most: for whoever reads very many. */
  readPortions(options: ReadOptions): AsyncIterable<readonly StoredMessage[]>;
  /** Every message of one aggregate up to the present end, in order. */
  readAggregate(aggregate: string, id: string, signal: AbortSignal): AsyncIterable<StoredMessage>;
  /**
   * Every message from a sequence on, for ever, each once and in order; goes on by itself after
   * a lost connection or a restarted server. Ends when the signal is aborted.
   */
  follow(options: ReadOptions): AsyncIterable<StoredMessage>;
  /** Last sequence of the stream, 0 when empty. @throws CimError `store-failed` */
  lastSequence(signal: AbortSignal): Promise<number>;
}

export interface VerifyOptions {
  readonly signal: AbortSignal;
  /** How many messages have been looked at, of how many. */
  readonly onProgress: (done: number, total: number) => void;
}

/** What a walk over the digest chain found. */
export interface Verified {
  /** How many messages stood in the stream when it began. */
  readonly events: number;
  /**
   * The first sequence that is not as it was written, or is missing; null: none. The newest
   * message is held by what its writer knows: after a restart, by the next one only.
   */
  readonly wrong: number | null;
}

/** The sequential list of every change of the leaf. One writer at a time: see `Lease`. */
export interface EventStore extends EventReader {
  /**
   * Makes the stream if it is missing, reads its settings back, and finds the head.
   * Must be called before the first append. @throws CimError `nats-too-old`, `store-failed`
   */
  open(signal: AbortSignal): Promise<Head>;
  /**
   * Appends all events or none, behind the fence. An outcome that was never heard is resolved
   * by reading back. Events are 1 to 1,000. @throws CimError `store-failed`, `time-is-up`,
   * `lease-lost` when a higher epoch has written before
   */
  append(events: readonly Envelope[], options: AppendOptions): Promise<AppendResult>;
  /**
   * Computes every digest anew and compares it with `Cim-Prev` of the message behind it. Lets
   * others work now and then. Must be called after `open`.
   * @throws CimError `store-failed`, `time-is-up` when aborted
   */
  verify(options: VerifyOptions): Promise<Verified>;
}
