import type {AppendResult, EventStore} from '#contracts/event-store.ts';
import type {Log} from '#contracts/log.ts';
import type {CimEvent, Envelope} from '#domain/envelope.ts';
import {CimError} from '#domain/errors.ts';
import type {StoredMessage} from '#domain/message.ts';
import {foldInventory, type Inventory, initialInventory} from '#projections/inventory.ts';

import {
  BATCH_EVENTS,
  type Decide,
  type Decided,
  decideAll,
  type Outcome,
  type Pending,
} from './decide.ts';
import {SNAPSHOT_EVERY} from './snapshots.ts';
import type {Cause, Stamp} from './stamp.ts';

/** The one queue through which every fact and wish passes: decide, append, apply, next. */
export interface Journal {
  inventory(): Inventory;
  /** @throws CimError `store-failed`, `time-is-up` when the outcome could not be learnt */
  submit(decide: Decide, cause: Cause): Promise<Outcome>;
  /** Resolves when everything submitted so far is settled. */
  settled(): Promise<void>;
}

export interface JournalOptions extends Stamp {
  readonly epoch: number;
  readonly store: EventStore;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** State to go on from; the first event on when left out. */
  readonly from?: Inventory | undefined;
  /** Called with how far the stream is read while the journal opens. */
  readonly onRead?: ((sequence: number) => void) | undefined;
  /** Called with each message right after it is applied, once the journal is open. */
  readonly onApplied: (message: StoredMessage) => void;
  /**
   * The event as it is to be written, while a release that may be gone back to cannot read all of
   * ours: see `olderForm`. As it is when left out.
   */
  readonly writtenForm?: ((event: Envelope, inventory: Inventory) => Envelope) | undefined;
  /** Called at each sequence that `snapshotEvery` divides, whose state is to be kept. Awaited only while the journal opens. */
  readonly onMilestone?: ((inventory: Inventory) => Promise<void>) | undefined;
  readonly snapshotEvery?: number | undefined;
}

/** How often a decision is made again after another writer was seen. */
const FENCE_ATTEMPTS = 3;

/** Reads the stream from the given state on and hands back the journal that goes on from there. */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const journal = new QueuedJournal(options);
  await journal.catchUp();
  journal.begin();
  return journal;
}

class QueuedJournal implements Journal {
  readonly #options: JournalOptions;
  #inventory: Inventory;
  #queue: Pending[] = [];
  #work: Promise<void> | undefined;
  #isOpen = false;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#inventory = options.from ?? initialInventory;
  }

  inventory(): Inventory {
    return this.#inventory;
  }

  submit(decide: Decide, cause: Cause): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#queue.push({decide, cause, resolve, reject});
      this.#work ??= this.#drain();
    });
  }

  async settled(): Promise<void> {
    await this.#work;
  }

  /** From now on what is applied is told. */
  begin(): void {
    this.#isOpen = true;
  }

  async catchUp(): Promise<void> {
    const {store, signal} = this.#options;
    const from = this.#inventory.sequence + 1;
    for await (const portion of store.readPortions({from, signal})) {
      await Promise.all(this.#apply(portion));
      this.#options.onRead?.(this.#inventory.sequence);
    }
  }

  async #drain(): Promise<void> {
    // One turn of the event loop lets what arrives together be stored together.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const taken = this.#queue.splice(0, BATCH_EVENTS);
      try {
        await this.#settle(taken);
      } catch (error) {
        this.#options.log.error('store a decision', error);
        for (const {reject} of taken) {
          reject(error);
        }
      }
    }
    this.#work = undefined;
  }

  async #settle(taken: readonly Pending[]): Promise<void> {
    let rest = taken;
    let attempts = 0;
    while (rest.length > 0) {
      const {decided, after} = decideAll(rest, this.#inventory, this.#options);
      const result = await this.#store(
        decided.flatMap(({events}) => events),
        after,
      );
      if (result.kind === 'fence-lost') {
        attempts += 1;
        await this.catchUp();
        if (attempts >= FENCE_ATTEMPTS) {
          refuseAll(rest, 'fence-lost');
          return;
        }
        continue;
      }
      if (result.kind === 'store-full') {
        refuseAll(rest, 'store-full');
        return;
      }
      this.#conclude(decided);
      rest = rest.slice(decided.length);
    }
  }

  /** Appends and applies batch by batch; what is not stored ends it. `after`: the state of all. */
  async #store(events: readonly CimEvent[], after: Inventory): Promise<AppendResult> {
    const {sequence: last} = this.#inventory;
    let result: AppendResult = {kind: 'appended', first: last + 1, last};
    for (let from = 0; from < events.length; from += BATCH_EVENTS) {
      const batch = events.slice(from, from + BATCH_EVENTS);
      result = await this.#append(batch);
      if (result.kind !== 'appended') {
        return result;
      }
      const {first} = result;
      const messages = batch.map(
        (event, index): StoredMessage => ({kind: 'event', sequence: first + index, event}),
      );
      if (result.last === after.sequence && batch.length === events.length) {
        this.#take(messages, after);
      } else {
        // Writes to the store do not wait for the states that are kept of it.
        this.#apply(messages);
      }
    }
    return result;
  }

  async #append(events: readonly Envelope[]): Promise<AppendResult> {
    const {store, epoch, signal, writtenForm} = this.#options;
    const inventory = this.#inventory;
    const expectedSequence = inventory.sequence;
    const written = writtenForm ? events.map((event) => writtenForm(event, inventory)) : events;
    const result = await store.append(written, {expectedSequence, epoch, signal});
    if (result.kind === 'appended' && result.first !== expectedSequence + 1) {
      throw new CimError(
        'store-failed',
        `append: stored at ${result.first} behind ${expectedSequence}`,
      );
    }
    return result;
  }

  #conclude(decided: readonly Decided[]): void {
    for (const {pending, outcome} of decided) {
      if (outcome.kind === 'failed') {
        pending.reject(outcome.error);
      } else {
        pending.resolve(outcome);
      }
    }
  }

  /** What was decided on is what the messages make: it need not be made again. */
  #take(messages: readonly StoredMessage[], after: Inventory): void {
    const {onApplied, snapshotEvery = SNAPSHOT_EVERY} = this.#options;
    if (after.sequence % snapshotEvery < messages.length) {
      this.#apply(messages);
      return;
    }
    this.#inventory = after;
    if (this.#isOpen) {
      messages.forEach(onApplied);
    }
  }

  /** Hands back what is under way to keep the states on the way. */
  #apply(messages: readonly StoredMessage[]): readonly Promise<void>[] {
    const {onApplied, onMilestone, snapshotEvery = SNAPSHOT_EVERY} = this.#options;
    const kept: Promise<void>[] = [];
    for (let next = 0; next < messages.length; ) {
      const room = snapshotEvery - (this.#inventory.sequence % snapshotEvery);
      const portion = messages.slice(next, next + room);
      next += portion.length;
      this.#inventory = foldInventory(this.#inventory, portion);
      if (onMilestone && this.#inventory.sequence % snapshotEvery === 0) {
        kept.push(onMilestone(this.#inventory));
      }
      if (this.#isOpen) {
        portion.forEach(onApplied);
      }
    }
    return kept;
  }
}

function refuseAll(taken: readonly Pending[], refused: 'fence-lost' | 'store-full'): void {
  for (const {resolve} of taken) {
    resolve({kind: 'refused', refused});
  }
}
