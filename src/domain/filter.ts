/** One word of a filter: it must (or, negated, must not) be found in a column, or in any. */
export interface FilterTerm {
  readonly word: string;
  readonly column: string | null;
  readonly isNegated: boolean;
}

/** Every term has to hold. No term: everything fits. */
export type Filter = readonly FilterTerm[];

/** What a row is searched by: column name (lower case) → text. */
export type FilterFields = Readonly<Record<string, string>>;

const TERM = /(!?)(?:([a-z][a-z0-9-]*):)?(?:"([^"]*)"?|([^\s"]+)|(?=\s|$))/giy;

/**
 * Reads a filter as people type it: words AND, `!word`, `column:word`, `"two words"`.
 * Never refuses: a quote left open goes on to the end, and a term without a word says nothing yet.
 */
export function parseFilter(text: string): Filter {
  const terms: FilterTerm[] = [];
  const matcher = new RegExp(TERM);
  let offset = 0;
  while (offset < text.length) {
    if (/\s/.test(text.charAt(offset))) {
      offset += 1;
      continue;
    }
    matcher.lastIndex = offset;
    const match = matcher.exec(text);
    const [whole = text.slice(offset), bang, column, quoted, bare] = match ?? [];
    offset += Math.max(whole.length, 1);
    const word = (quoted ?? bare ?? '').toLowerCase();
    if (word !== '') {
      terms.push({word, column: column?.toLowerCase() ?? null, isNegated: bang === '!'});
    }
  }
  return terms;
}

/** The filter as text that `parseFilter` reads back as the same terms. */
export const printFilter = (filter: Filter): string => filter.map(printTerm).join(' ');

/** True when every term holds for the row. A term on a column that the row lacks finds nothing. */
export const matchesFilter = (filter: Filter, fields: FilterFields): boolean =>
  filter.every(({word, column, isNegated}) => {
    const texts = column === null ? Object.values(fields) : [fields[column] ?? ''];
    return texts.some((text) => text.toLowerCase().includes(word)) !== isNegated;
  });

/** The columns a filter names that do not exist, for a sentence to whoever typed it. */
export const unknownColumns = (filter: Filter, columns: readonly string[]): readonly string[] => [
  ...new Set(
    filter.flatMap(({column}) => (column === null || columns.includes(column) ? [] : [column])),
  ),
];

function printTerm({word, column, isNegated}: FilterTerm): string {
  const isPlain = /^[^\s"!:]+$/.test(word);
  return `${isNegated ? '!' : ''}${column === null ? '' : `${column}:`}${isPlain ? word : `"${word}"`}`;
}
