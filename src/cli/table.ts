import {stripControls} from '#domain/text.ts';

/** Lines of aligned columns, headed. Outside text loses its control characters here. */
export function tableLines(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const cells = rows.map((row) => row.map(stripControls));
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [heads, ...cells].map(line);
}

/** A time span in one word: `12s`, `3m`, `4h`, `41d`. */
export function ageWord(since: string | null, nowMs: number): string {
  const then = since === null ? Number.NaN : Date.parse(since);
  if (Number.isNaN(then)) {
    return '-';
  }
  const seconds = Math.max(0, Math.round((nowMs - then) / 1000));
  const [size, unit] =
    seconds < 60
      ? [1, 's']
      : seconds < 3600
        ? [60, 'm']
        : seconds < 86_400
          ? [3600, 'h']
          : [86_400, 'd'];
  return `${Math.floor(seconds / size)}${unit}`;
}
