import {type ChainedMessage, nextDigest, type Sha256} from './digest.ts';

/** A message as it stands in the stream, and the digest that its header bears. */
export interface CheckedMessage extends ChainedMessage {
  readonly sequence: number;
  /** `Cim-Prev`, lower-case hex; empty: it has none. */
  readonly previous: string;
}

/** Where a writer of the chain stands: D(sequence). */
export interface KnownHead {
  readonly sequence: number;
  readonly digest: Uint8Array;
}

/** Walks a digest chain, message by message in order of sequence. */
export interface ChainCheck {
  next(message: CheckedMessage): void;
  /** The first sequence that is wrong, or missing; null: none. */
  wrong(): number | null;
}

/**
 * A check of the chain that begins with D(0) = `seed`. Each header holds what stands before it. Where
 * one does not fit, either a message before it has other bytes than were written, or the header
 * itself is wrong: the next one, or the writer's own head, tells which.
 */
export function createChainCheck(sha256: Sha256, seed: Uint8Array, head?: KnownHead): ChainCheck {
  let digest = seed;
  let sequence = 0;
  /** First of the messages that no header has held yet. */
  let unheld = 1;
  let found: number | null = null;
  /** The message whose header did not fit. */
  let doubted: number | null = null;
  const judge = (fits: boolean, bearer: number): void => {
    if (doubted !== null) {
      found = fits ? doubted : unheld;
    } else if (fits) {
      unheld = bearer;
    } else {
      doubted = bearer;
    }
  };
  return {
    next(message) {
      if (found !== null) {
        return;
      }
      if (message.sequence !== sequence + 1) {
        found = doubted === null ? sequence + 1 : unheld;
        return;
      }
      if (message.previous !== '') {
        judge(bears(message.previous, digest), message.sequence);
      }
      digest = nextDigest(sha256, digest, message);
      sequence = message.sequence;
      if (sequence === head?.sequence && found === null) {
        judge(isSame(head.digest, digest), sequence + 1);
        found ??= doubted === sequence + 1 ? unheld : null;
      }
    },
    wrong: () => found ?? (doubted === null ? missing(sequence, head) : unheld),
  };
}

const missing = (sequence: number, head: KnownHead | undefined): number | null =>
  head !== undefined && head.sequence > sequence ? sequence + 1 : null;

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);

const ZERO = 48;
const SMALL_A = 97;

/** Of a hex digit; of any other character one that no digit has. */
const digitOf = (code: number): number =>
  code >= SMALL_A ? code - SMALL_A + 10 : code < ZERO + 10 ? code - ZERO : Number.NaN;

/** True when a text is a digest in lower-case hex; without making one of a million. */
function bears(text: string, digest: Uint8Array): boolean {
  if (text.length !== digest.length * 2) {
    return false;
  }
  for (let index = 0; index < digest.length; index += 1) {
    const high = digitOf(text.charCodeAt(index * 2));
    const low = digitOf(text.charCodeAt(index * 2 + 1));
    if (high * 16 + low !== digest[index]) {
      return false;
    }
  }
  return true;
}
