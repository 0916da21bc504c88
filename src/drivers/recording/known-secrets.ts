import type {Scrambler} from './scramble.ts';
import {FORMS, isTelling} from './secrets.ts';

/** Secrets with what stands for them, in each form that they take. */
export interface KnownSecrets {
  /** One that reads as a hardware address is masked as one: it may be the unit's own. */
  learn(secrets: readonly string[]): void;
  /** A hardware address as hex digits: hands back what stands for it, in lower case. */
  learnAddress(hex: string): string;
  /** What stands for a text; undefined: it is no secret. */
  get(text: string): string | undefined;
  /** Finds each of them, and these patterns. */
  search(patterns: readonly string[]): RegExp;
}

/** How 32 hex digits are written: in one, as a UUID, and by the kernel's RAID. */
const WRITINGS: readonly ((hex: string) => string)[] = [
  (hex) => hex,
  (hex) => hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5'),
  (hex) => hex.replace(/(.{8})(?=.)/g, '$1:'),
];

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
  const putForms = (secret: string, replacement: string): void => {
    for (const form of FORMS) {
      put(form(secret), form(replacement));
    }
  };
  const putCases = (lower: string, replacement: string): void => {
    putForms(lower, replacement);
    putForms(lower.toUpperCase(), replacement.toUpperCase());
  };
  const learnAddress = (hex: string): string => {
    const pairs = hex.toLowerCase().match(/../g) ?? [];
    const masked = scrambler.address(pairs);
    for (const glue of ['', ':', '-', '_']) {
      putCases(pairs.join(glue), masked.join(glue));
    }
    return masked.join('');
  };
  return {
    get: (text) => known.get(text),
    learn(secrets) {
      for (const secret of secrets.filter(isTelling)) {
        const hex = secret.replace(/[:-]/g, '').toLowerCase();
        if (/^[0-9a-f]{12}$/.test(hex)) {
          learnAddress(hex);
        } else if (/^[0-9a-f]{32}$/.test(hex)) {
          const masked = scrambler.text(hex);
          for (const write of WRITINGS) {
            putCases(write(hex), write(masked));
          }
        }
        if (!known.has(secret)) {
          putForms(secret, scrambler.text(secret));
        }
      }
    },
    learnAddress,
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
