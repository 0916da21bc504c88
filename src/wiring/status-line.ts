/** Back to the line's start, and what stood there away. */
const CLEAR_LINE = '\r\u001b[2K';

/** Writes the one line of a terminal's stderr anew; null: takes it away. */
export function writeStatus(line: string | null): void {
  const columns = process.stderr.columns || 80;
  process.stderr.write(`${CLEAR_LINE}${(line ?? '').slice(0, columns - 1)}`);
}
