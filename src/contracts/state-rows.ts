/** The leaf's state for other programs: one value a key, as of now. Derived from the events. */
export interface StateRows {
  /** Keys that have a value. @throws CimError `store-failed` */
  keys(): Promise<readonly string[]>;
  /** @throws CimError `store-failed` */
  put(key: string, value: Uint8Array): Promise<void>;
  /** undefined: there is none. @throws CimError `store-failed` */
  get(key: string): Promise<Uint8Array | undefined>;
  /** @throws CimError `store-failed` */
  remove(key: string): Promise<void>;
}
