import type {Scrambler} from './scramble.ts';
import {FORMS, isTelling} from './secrets.ts';

/** Secrets with what stands for them, in each form that they take. */
export interface KnownSecrets {
  learn(secrets: readonly string[]): void;
  /** A hardware address as hex digits: hands back what stands for it, in lower case. */
  learnAddress(hex: string): string;
  /** What stands for a text; undefined: it is no secret. */
  get(text: string): string | undefined;
  /** Finds each of them, and these patterns. */
  search(patterns: readonly string[]): RegExp;
}

/** Nothing is known yet. */
export function createKnownSecrets(scrambler: Scrambler): KnownSecrets {
  const known = new Map<string, string>();
  let search: RegExp | undefined;
  const put = (secret: string, replacement: string): void => {
    if (isTelling(secret) && !known.has(secret)) {
      known.set(secret, replacement);
      search = undefined;
    }
  };
  return {
    get: (text) => known.get(text),
    learn(secrets) {
      for (const secret of secrets.filter(isTelling)) {
        const replacement = scrambler.text(secret);
        for (const form of FORMS) {
          put(form(secret), form(replacement));
        }
      }
    },
    learnAddress(hex) {
      const pairs = hex.toLowerCase().match(/../g) ?? [];
      const masked = scrambler.address(pairs);
      for (const glue of ['', ':', '-', '_']) {
        put(pairs.join(glue), masked.join(glue));
        put(pairs.join(glue).toUpperCase(), masked.join(glue).toUpperCase());
      }
      return masked.join('');
    },
    search(patterns) {
      search ??= new RegExp([...longestFirst(known.keys()), ...patterns].join('|'), 'g');
      return search;
    },
  };
}

const longestFirst = (texts: Iterable<string>): readonly string[] =>
  [...texts].toSorted((a, b) => b.length - a.length).map(escapePattern);

/** A text as a pattern that matches it alone. */
export const escapePattern = (text: string): string =>
  text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
