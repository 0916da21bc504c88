import {hash} from 'node:crypto';

import {type ChainedMessage, DIGEST_SEED, nextDigest, type Sha256} from '#domain/digest.ts';

/** One message of a stream in memory, as bytes. */
export interface MemoryMessage {
  readonly sequence: number;
  readonly subject: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type NewMessage = Omit<MemoryMessage, 'sequence'>;

/** What a NATS stream is to its writers and readers, held in memory. */
export interface MemoryStream {
  /** D(0). */
  readonly seed: Uint8Array;
  lastSequence(): number;
  /** D(lastSequence). */
  digest(): Uint8Array;
  at(sequence: number): MemoryMessage | undefined;
  /** Where a message with this id stands. */
  findId(messageId: string): number | undefined;
  /** Puts all in, or none when they would not fit. */
  put(messages: readonly NewMessage[]): boolean;
  /** Calls after each `put`, until the returned function is called. */
  onPut(listener: () => void): () => void;
}

export interface MemoryStreamOptions {
  readonly storeId: string;
  readonly maxBytes?: number | undefined;
}

const encoder = new TextEncoder();
export const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');

/** A stream in memory. Several event stores may share it, as several agents share a server. */
export function createMemoryStream({
  storeId,
  maxBytes = Number.POSITIVE_INFINITY,
}: MemoryStreamOptions): MemoryStream {
  const stored: MemoryMessage[] = [];
  const listeners = new Set<() => void>();
  const places = new Map<string, number>();
  const seed = sha256(encoder.encode(`${DIGEST_SEED}${storeId}`));
  let digest = seed;
  let sizeBytes = 0;
  return {
    seed,
    lastSequence: () => stored.length,
    digest: () => digest,
    at: (sequence) => stored[sequence - 1],
    findId: (messageId) => places.get(messageId),
    put(messages) {
      const added = messages.reduce((sum, {body}) => sum + body.length, 0);
      if (sizeBytes + added > maxBytes) {
        return false;
      }
      sizeBytes += added;
      for (const message of messages) {
        stored.push({...message, sequence: stored.length + 1});
        places.set(message.messageId, stored.length);
        digest = digestAfter(digest, message);
      }
      for (const listener of [...listeners]) {
        listener();
      }
      return true;
    },
    onPut(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What the chain covers of a message, as bytes. */
export const chained = ({subject, messageId, body}: NewMessage): ChainedMessage => ({
  subject: encoder.encode(subject),
  messageId: encoder.encode(messageId),
  body,
});

/** The chain's next link. */
export const digestAfter = (digest: Uint8Array, message: NewMessage): Uint8Array =>
  nextDigest(sha256, digest, chained(message));
