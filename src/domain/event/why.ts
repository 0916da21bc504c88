import {UnstoredCause} from '../cause.ts';
import type {Envelope} from '../envelope.ts';
import type {StoredMessage} from '../message.ts';

/** Reads one stored event; undefined where nothing stands at that sequence. */
export type ReadStored = (sequence: number) => Promise<StoredMessage | undefined>;

/** Where a wish came from, as its client says: it proves nothing. */
export type Claims = Readonly<Partial<Record<'kind' | 'tty' | 'uid' | 'address' | 'key', string>>>;

/** What an event says of how it came about. */
export type Origin =
  | {
      readonly kind: 'command';
      readonly id: string;
      readonly actor: string;
      readonly channel: string | null;
      readonly claims: Claims;
    }
  | {readonly kind: 'seen'; readonly cause: UnstoredCause}
  /** It follows from the event before it in the chain, and from nothing else. */
  | {readonly kind: 'event'; readonly sequence: number}
  | {readonly kind: 'agent'}
  | {readonly kind: 'untold'; readonly reason: string};

/** One event of a chain. */
export interface WhyStep {
  readonly sequence: number;
  /** null: nothing stands there. */
  readonly message: StoredMessage | null;
  readonly origin: Origin;
  /** The event it follows from: of an undo, the one that it takes back. */
  readonly earlier: number | null;
}

/** More than this no chain of ours has; one that has is cut, and says so. */
const STEPS_MAX = 100;

/**
 * The chain of events that ends in the one at a sequence, newest first, one read a step. Never
 * empty: what is not there, cannot be read, or is told in a circle stands in it as such.
 * @throws what `read` throws
 */
export async function whyChain(read: ReadStored, sequence: number): Promise<readonly WhyStep[]> {
  const steps: WhyStep[] = [];
  let next: number | null = sequence;
  while (next !== null) {
    if (steps.length === STEPS_MAX) {
      steps.push(gapAt(next, `the chain is longer than ${STEPS_MAX} events`));
      return steps;
    }
    const step: WhyStep = stepOf(next, await read(next));
    steps.push(step);
    next = step.earlier;
  }
  return steps;
}

/**
 * What began it: the wish of a person where there is one, else what was seen first, else what the
 * oldest event tells of itself.
 */
export const rootOf = (steps: readonly WhyStep[]): Origin =>
  (
    steps.find(({origin}) => origin.kind === 'command') ??
    steps.findLast(({origin}) => origin.kind === 'seen') ??
    steps.at(-1)
  )?.origin ?? {kind: 'untold', reason: 'no event has set it'};

/** One event as a step of a chain. */
export function stepOf(sequence: number, message: StoredMessage | undefined): WhyStep {
  if (message === undefined) {
    return gapAt(sequence, 'this event is not in the store: it was archived or removed');
  }
  if (message.kind === 'unreadable') {
    const reason = `this message cannot be read: ${message.reason}`;
    return {sequence, message, origin: {kind: 'untold', reason}, earlier: null};
  }
  const envelope: Envelope = message.kind === 'event' ? message.event : message.envelope;
  const earlier = Number(envelope.causationsequence ?? Number.NaN);
  if (earlier >= sequence) {
    const reason = `it names event ${earlier} as its cause, which is no earlier one`;
    return {sequence, message, origin: {kind: 'untold', reason}, earlier: null};
  }
  return {
    sequence,
    message,
    origin: originOf(envelope),
    earlier: Number.isNaN(earlier) ? null : earlier,
  };
}

const gapAt = (sequence: number, reason: string): WhyStep => ({
  sequence,
  message: null,
  origin: {kind: 'untold', reason},
  earlier: null,
});

function originOf(envelope: Envelope): Origin {
  const {actor, causationid, causationsequence, channel = null, type, data} = envelope;
  if (actor !== undefined) {
    return {kind: 'command', id: causationid, actor, channel, claims: claimsOf(envelope)};
  }
  const seen = UnstoredCause.safeParse(data.cause);
  if (seen.success) {
    return {kind: 'seen', cause: seen.data};
  }
  if (causationsequence !== undefined) {
    return {kind: 'event', sequence: Number(causationsequence)};
  }
  return type.startsWith('cim.leaf.')
    ? {kind: 'agent'}
    : {kind: 'untold', reason: 'it tells no cause'};
}

function claimsOf(envelope: Envelope): Claims {
  const {originkind: kind, origintty: tty, originuid: uid} = envelope;
  const {originaddress: address, originkey: key} = envelope;
  return Object.fromEntries(
    Object.entries({kind, tty, uid, address, key}).filter(([, value]) => value !== undefined),
  );
}
