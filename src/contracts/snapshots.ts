/** What is known of a kept snapshot without reading it. */
export interface SnapshotInfo {
  /** State as of this sequence. */
  readonly sequence: number;
  /** Which projections' code made it. */
  readonly version: string;
  /** Latest time of an event up to it whose clock was not unsynced, ISO; null: there was none. */
  readonly latest: string | null;
}

/** Kept states of the leaf, so that nobody has to fold from the first event on. */
export interface SnapshotStore {
  /** Keeps one; one of the same sequence is replaced. @throws CimError `store-failed` */
  put(info: SnapshotInfo, body: Uint8Array): Promise<void>;
  /** All that are kept, in order of sequence. @throws CimError `store-failed` */
  list(): Promise<readonly SnapshotInfo[]>;
  /** undefined: there is none of that sequence. @throws CimError `store-failed`: also if damaged */
  get(sequence: number): Promise<Uint8Array | undefined>;
}
