import type {Clock} from '#contracts/clock.ts';
import {LEASE_RENEW_MS, LEASE_TTL_MS, type Lease} from '#contracts/lease.ts';

/** Who holds the lease of one leaf. Several agents in one process share it. */
export interface MemoryLeaseRecord {
  holder: symbol | undefined;
  expiresAtMs: number;
  epoch: number;
}

export interface MemoryLeaseOptions {
  readonly clock: Clock;
  readonly record?: MemoryLeaseRecord | undefined;
}

/** A lease that nobody has held yet. */
export const createLeaseRecord = (): MemoryLeaseRecord => ({
  holder: undefined,
  expiresAtMs: 0,
  epoch: 0,
});

/** The lease in memory. It runs out and is renewed by the clock given. */
export function createMemoryLease({
  clock,
  record = createLeaseRecord(),
}: MemoryLeaseOptions): Lease {
  return {
    async acquire(_holder, onLost) {
      if (record.holder !== undefined && clock.monotonicMs() < record.expiresAtMs) {
        return undefined;
      }
      const me = Symbol('holder');
      record.holder = me;
      record.epoch += 1;
      const {epoch} = record;
      const stop = keep(record, me, {clock, onLost});
      return {
        epoch,
        async release() {
          stop();
          if (record.holder === me) {
            record.holder = undefined;
          }
        },
      };
    },
  };
}

interface Keeping {
  readonly clock: Clock;
  readonly onLost: (reason: string) => void;
}

function keep(record: MemoryLeaseRecord, me: symbol, {clock, onLost}: Keeping): () => void {
  let stopTimer = () => {};
  const renew = () => {
    if (record.holder !== me) {
      onLost('another agent holds the lease');
      return;
    }
    record.expiresAtMs = clock.monotonicMs() + LEASE_TTL_MS;
    stopTimer = clock.after(LEASE_RENEW_MS, renew);
  };
  renew();
  return () => stopTimer();
}
