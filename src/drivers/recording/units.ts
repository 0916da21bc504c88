/** Lines that belong together, without the mark of a comment, and the number of the first. */
export interface Unit {
  readonly line: number;
  readonly lines: readonly string[];
}

/**
 * Cuts a recording into units. In one of ours an empty line or a lone `#` ends a unit, `#` before a
 * letter only hides the line from umockdev, and a unit without its end was cut: it is left out.
 * Elsewhere `#` is a comment, and the last unit needs no end.
 */
export function unitsOf(text: string, isOurs: boolean): readonly Unit[] {
  const rows = text.split('\n');
  const isCutLine = isOurs && rows.pop() !== '';
  const units: Unit[] = [];
  let lines: string[] = [];
  let first = 0;
  const close = (): void => {
    if (lines.length > 0) {
      units.push({line: first, lines});
    }
    lines = [];
  };
  for (const [index, row] of rows.entries()) {
    const line = isOurs ? row.replace(/^#(?=[^ ])/, '') : row.replace(/\r$/, '');
    if (line === '' || line === '#') {
      close();
    } else if (!line.startsWith('#')) {
      first = lines.length === 0 ? index + 1 : first;
      lines.push(line);
    }
  }
  const isEnd = lines[0]?.startsWith('end ') === true && !isCutLine;
  if (!isOurs || isEnd) {
    close();
  }
  return units;
}
