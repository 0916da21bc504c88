import type {Verb} from './verb.ts';

/** A typed line as argv: words apart by spaces, quotes keep spaces, nothing else is special. */
export function splitCommandLine(line: string): readonly string[] {
  return Array.from(line.matchAll(/(?:"[^"]*"?|'[^']*'?|[^\s"']+)+/g), ([word]) =>
    word.replace(/"([^"]*)"?|'([^']*)'?/g, (_, double, single) => double ?? single ?? ''),
  );
}

/** A word as it must be typed to come back as one. */
export const quoteWord = (word: string): string =>
  /^[^\s"']+$/.test(word) ? word : word.includes('"') ? `'${word}'` : `"${word}"`;

/**
 * What the last word of a line may become: words of commands, then options, then names of things.
 * Whole words, in order.
 */
export function completeCommandLine(
  line: string,
  verbs: readonly Verb[],
  names: readonly string[],
): readonly string[] {
  const words = splitCommandLine(line);
  const isNew = line === '' || /\s$/.test(line);
  const start = isNew ? '' : (words.at(-1) ?? '');
  const before = isNew ? words : words.slice(0, -1);
  const plain = before.filter((word) => !word.startsWith('-'));
  const paths = verbs.filter(({path}) =>
    plain.every((word, at) => at >= path.length || path[at] === word),
  );
  const next = paths.flatMap(({path}) => path[plain.length] ?? []);
  const verb = paths.find(({path}) => path.length <= plain.length);
  const options = start.startsWith('-') ? (verb?.options.map(({name}) => `--${name}`) ?? []) : [];
  const candidates = [...next, ...options, ...(verb === undefined ? [] : names.map(quoteWord))];
  const bare = start.replace(/^["']/, '');
  return [...new Set(candidates)].filter((word) => word.replace(/^["']/, '').startsWith(bare));
}
