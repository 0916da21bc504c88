/** The right to write, held by one agent at a time. */
export interface Lease {
  /**
   * Takes the lease when it is free and renews it until `release`. `epoch` is higher than that of
   * any holder before. undefined: another holds it. `onLost` is called once if it can no longer be
   * renewed in time; the holder must stop at once. @throws CimError `store-failed`
   */
  acquire(holder: string, onLost: (reason: string) => void): Promise<HeldLease | undefined>;
}

export interface HeldLease {
  readonly epoch: number;
  /** Gives it back, so that a standby need not wait for it to run out. */
  release(): Promise<void>;
}

/** A lease runs out this long after its last renewal. */
export const LEASE_TTL_MS = 6000;
/** It is renewed this often. */
export const LEASE_RENEW_MS = 2000;
