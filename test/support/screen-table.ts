import stringWidth from 'string-width';

/** A table as a screen shows it: rows of cells by title. */
export interface ScreenTable {
  /** How wide each column is, by title. */
  readonly widths: Readonly<Record<string, number>>;
  readonly rows: readonly ScreenRow[];
}

export interface ScreenRow {
  /** What stands before the first column: cursor or mark, sign. */
  readonly lead: string;
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * Reads the table whose line of titles holds all these, in this order: each column begins at its
 * title. Its rows end at the first empty line or rule.
 */
export function readTable(lines: readonly string[], titles: readonly string[]): ScreenTable {
  const pattern = new RegExp(titles.map((title) => title.replace(/[\^#]/g, '\\$&')).join('.*'));
  const head = lines.findIndex((line) => pattern.test(line));
  const title = lines[head];
  if (title === undefined) {
    throw new Error(`no line with the titles ${titles.join(', ')}:\n${lines.join('\n')}`);
  }
  const starts: number[] = [];
  for (const name of titles) {
    starts.push(title.indexOf(name, starts.at(-1) ?? 0));
  }
  const edges = [...starts, Number.POSITIVE_INFINITY];
  const isRule = (line: string): boolean => /^[─-]{10}/.test(line);
  const below = lines.slice(head + 1).filter((line, index) => index > 0 || !isRule(line));
  const end = below.findIndex((line) => line.trim() === '' || isRule(line));
  const rows = below.slice(0, end < 0 ? undefined : end).map((line): ScreenRow => {
    // A wide character takes two cells.
    const cells = Array.from(line).flatMap((point) =>
      stringWidth(point) === 2 ? [point, ''] : [point],
    );
    const cut = (from = 0, to = 0): string => cells.slice(from, to).join('').trim();
    return {
      lead: cells.slice(0, starts[0]).join(''),
      cells: Object.fromEntries(titles.map((name, at) => [name, cut(edges[at], edges[at + 1])])),
    };
  });
  const width = (at: number): number => (edges[at + 1] ?? 0) - (edges[at] ?? 0) - 1;
  return {rows, widths: Object.fromEntries(titles.map((name, at) => [name, width(at)]))};
}
