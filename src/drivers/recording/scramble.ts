import {createHmac} from 'node:crypto';

/** Replaces a text by another one of its kind: the same for the same text, under one key. */
export interface Scrambler {
  /** Digits become digits, letters letters of their case; in hex text they stay within a–f. */
  text(text: string): string;
  /** Pairs of hex digits, of which the first three (the maker, and who gave it) stay. */
  address(pairs: readonly string[]): readonly string[];
  /** An IPv4 address of the same length. */
  ipv4(text: string): string;
}

/** A scrambler that nobody can undo who has not got the key. No two texts become one. */
export function createScrambler(key: Uint8Array, isFit: (text: string) => boolean): Scrambler {
  const known = new Map<string, string>();
  const taken = new Set<string>();
  const once = (kind: string, text: string, make: (bytes: Uint8Array) => string): string => {
    const name = `${kind} ${text}`;
    const before = known.get(name);
    if (before !== undefined) {
      return before;
    }
    for (let attempt = 0; ; attempt += 1) {
      const made = make(bytesFor(key, `${name} ${attempt}`, text.length));
      const isFree = !taken.has(`${kind} ${made}`) && made !== text && isFit(made);
      if (isFree || attempt === ATTEMPTS) {
        known.set(name, made);
        taken.add(`${kind} ${made}`);
        return made;
      }
    }
  };
  return {
    text: (text) =>
      once('text', text, (bytes) => {
        const isHex = /^[0-9a-f\W_]+$/i.test(text);
        return Array.from(text, (letter, at) => another(letter, bytes[at] ?? 0, isHex)).join('');
      }),
    address(pairs) {
      const lower = pairs.join('').toLowerCase();
      const tail = once('address', lower, (bytes) =>
        Array.from(lower.slice(6), (letter, at) => another(letter, bytes[at] ?? 0, true)).join(''),
      );
      return [...pairs.slice(0, 3), ...(tail.match(/../g) ?? [])];
    },
    ipv4: (text) =>
      once('ipv4', text, (bytes) =>
        text
          .split('.')
          .map((part, at) => {
            const [from, count] = {1: [1, 9], 2: [10, 90]}[part.length] ?? [100, 124];
            return String((from ?? 0) + ((bytes[at] ?? 0) % (count ?? 1)));
          })
          .join('.'),
      ),
  };
}

/** With few letters there may be no other fit text: then two become one. */
const ATTEMPTS = 64;

function bytesFor(key: Uint8Array, name: string, length: number): Uint8Array {
  const blocks = Array.from({length: Math.ceil(length / 32) + 1}, (_, block) =>
    createHmac('sha256', key).update(`${block} ${name}`).digest(),
  );
  return Buffer.concat(blocks);
}

function another(letter: string, byte: number, isHex: boolean): string {
  const from = (letters: string): string => letters.charAt(byte % letters.length);
  if (/[0-9]/.test(letter)) {
    return from('0123456789');
  }
  if (/[a-z]/.test(letter)) {
    return from(isHex ? 'abcdef' : LOWER);
  }
  return /[A-Z]/.test(letter) ? from(isHex ? 'ABCDEF' : LOWER.toUpperCase()) : letter;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
