import type {Clock} from '#contracts/clock.ts';
import {type HeldLease, LEASE_RENEW_MS, LEASE_TTL_MS, type Lease} from '#contracts/lease.ts';
import type {Log} from '#contracts/log.ts';
import {isCimError} from '#domain/errors.ts';
import {JETSTREAM_ERRORS, jetStreamCode} from './jetstream-api.ts';
import {createLeaseBucket, type LeaseBucket} from './lease-bucket.ts';
import type {NatsLink} from './link.ts';
import {newestEpoch} from './newest-epoch.ts';

export interface NatsLeaseOptions {
  readonly link: NatsLink;
  readonly leafId: string;
  readonly clock: Clock;
  readonly log: Log;
}

interface Tenure {
  readonly options: NatsLeaseOptions;
  readonly bucket: LeaseBucket;
  readonly holder: string;
  readonly epoch: number;
  readonly onLost: (reason: string) => void;
  revision: number;
  renewedAtMs: number;
  isOver: boolean;
  stopTimer: () => void;
}

/** A machine that starts, or wakes up, may keep everybody waiting for longer than the lease runs. */
const GIVE_UP_MS = 10 * LEASE_TTL_MS;

/**
 * The lease as one key of a bucket in memory that forgets it 6 s after the last renewal.
 *
 * The epoch is that of the newest event plus the revision of our entry. While a server lives,
 * revisions only rise, also over entries long forgotten; when it is started anew they begin at 1
 * again, and the epoch that the last writer left in the stream lifts them above it.
 *
 * A lost line alone does not end it, nor does a server that is slow to answer: nothing can be
 * appended over it either. What ends it is an entry of another, or a newer epoch in the stream; or
 * a minute without an answer.
 */
export function createNatsLease(options: NatsLeaseOptions): Lease {
  const bucket = createLeaseBucket(options.link, options.leafId);
  return {
    async acquire(holder, onLost) {
      await bucket.ensure();
      const revision = await take(bucket, holder);
      if (revision === undefined) {
        return undefined;
      }
      const epoch = (await newestEpoch(options.link, options.leafId)) + revision;
      const tenure: Tenure = {
        options,
        bucket,
        holder,
        epoch,
        onLost,
        revision,
        renewedAtMs: options.clock.monotonicMs(),
        isOver: false,
        stopTimer: () => undefined,
      };
      planRenewal(tenure);
      return heldLease(tenure);
    },
  };
}

const heldLease = (tenure: Tenure): HeldLease => ({
  epoch: tenure.epoch,
  async release() {
    if (tenure.isOver) {
      return; // lost before: it is another's by now
    }
    end(tenure);
    try {
      await tenure.bucket.clear(tenure.revision);
    } catch (error) {
      tenure.options.log.warn(`release the lease: ${String(error)}: it runs out by itself`);
    }
  },
});

/** Puts our entry where there is none. undefined: there is one. */
async function take(bucket: LeaseBucket, holder: string): Promise<number | undefined> {
  const present = await bucket.read();
  if (present?.holder !== undefined) {
    return undefined;
  }
  try {
    return await bucket.write(holder, present?.revision ?? 0);
  } catch (error) {
    if (isConflict(error)) {
      return undefined;
    }
    throw error;
  }
}

const isConflict = (error: unknown): boolean =>
  jetStreamCode(error) === JETSTREAM_ERRORS.wrongLastSequence;

function planRenewal(tenure: Tenure): void {
  tenure.stopTimer = tenure.options.clock.after(LEASE_RENEW_MS, () => {
    void renew(tenure).finally(() => {
      if (!tenure.isOver) {
        planRenewal(tenure);
      }
    });
  });
}

async function renew(tenure: Tenure): Promise<void> {
  const {options, bucket, holder} = tenure;
  if (options.link.status().kind === 'lost') {
    tenure.renewedAtMs = options.clock.monotonicMs(); // decided when the line is back
    return;
  }
  try {
    tenure.revision = await bucket.write(holder, tenure.revision);
    tenure.renewedAtMs = options.clock.monotonicMs();
  } catch (error) {
    await afterFailure(tenure, error);
  }
}

async function afterFailure(tenure: Tenure, error: unknown): Promise<void> {
  try {
    const reason = isConflict(error) || isCimError(error, 'no-agent') ? await retake(tenure) : null;
    if (reason !== null) {
      lose(tenure, reason);
      return;
    }
  } catch (cause) {
    tenure.options.log.error('renew the lease', cause);
  }
  const {clock} = tenure.options;
  if (clock.monotonicMs() - tenure.renewedAtMs > GIVE_UP_MS) {
    lose(tenure, 'it could not be renewed in time');
  }
}

/** Our entry is not as we left it: forgotten (late, or a new server), or another's. */
async function retake(tenure: Tenure): Promise<string | null> {
  const {options, bucket, holder, epoch} = tenure;
  await bucket.ensure();
  const present = await bucket.read();
  if (present?.holder === holder) {
    tenure.revision = present.revision; // our own renewal, whose answer was lost
    return null;
  }
  if (present?.holder !== undefined) {
    return `${present.holder} holds it`;
  }
  const newest = await newestEpoch(options.link, options.leafId);
  if (newest > epoch) {
    return `an agent of epoch ${newest} has written since`;
  }
  tenure.revision = await bucket.write(holder, present?.revision ?? 0);
  tenure.renewedAtMs = options.clock.monotonicMs();
  return null;
}

function lose(tenure: Tenure, reason: string): void {
  if (!tenure.isOver) {
    end(tenure);
    tenure.onLost(reason);
  }
}

function end(tenure: Tenure): void {
  tenure.isOver = true;
  tenure.stopTimer();
}
