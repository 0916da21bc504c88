import type {Bound, Judged, Reading, Unit} from './reading.ts';

/** A line of the table: what was judged, or a measurement that gave nothing. */
export type Entry =
  | Judged
  | {readonly name: string; readonly verdict: 'SKIP' | 'FAIL'; readonly reason: string};

const HEAD = ['', 'ours', 'peer', 'ratio', 'bound', ''] as const;

/** The table as text, its columns as wide as they must be. */
export function printTable(entries: readonly Entry[]): string {
  const rows = [HEAD, ...entries.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const rule = widths.map((width) => '-'.repeat(width));
  return [HEAD, rule, ...rows.slice(1)].map((row) => lineOf(row, widths)).join('\n');
}

/** One value with its unit: small ones with a digit more. */
export const printValue = (value: number, unit: Unit): string =>
  `${value < 10 ? value.toFixed(unit === '%' ? 2 : 1) : Math.round(value)} ${unit}`;

function cellsOf(entry: Entry): readonly string[] {
  if ('reason' in entry) {
    return [entry.name, '', '', '', '', `${entry.verdict} (${entry.reason})`];
  }
  const {reading, verdict, isSecond} = entry;
  const {name, unit, ours, bound} = reading;
  return [
    name,
    printValue(ours, unit),
    reading.peers.map((peer) => `${peer.name} ${printValue(peer.value, unit)}`).join(', '),
    ratioOf(reading),
    bound === null ? '' : boundText(bound, unit),
    isSecond ? `${verdict} (2nd try)` : verdict,
  ];
}

function ratioOf({ours, peers}: Reading): string {
  const [peer] = peers;
  return peer === undefined || peer.value === 0 ? '' : `${(ours / peer.value).toFixed(1)} x`;
}

function boundText({text, limit, isLeast}: Bound, unit: Unit): string {
  const sign = isLeast === true ? '>=' : '<=';
  return text.includes('peer') ? `${sign} ${text} = ${printValue(limit, unit)}` : `${sign} ${text}`;
}

const lineOf = (cells: readonly string[], widths: readonly number[]): string =>
  cells
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .join('  ')
    .trimEnd();
