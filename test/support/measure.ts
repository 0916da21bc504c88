/*
 * npm run measure: the row of our sources for the table of the style guide; with -- --list also
 * the longest files and functions, the cycles and the clones behind it.
 */
import {type Clone, findClones} from './source/clones.ts';
import {findCycles} from './source/cycles.ts';
import type {Source} from './source/parse.ts';
import {readSources} from './source/tree.ts';

const HEAD =
  '| | median file | p90 | max | function median / p90 / max | comments per 100 lines | import cycles, types too | clones |';

/** What the table has about a tree. */
export function measureSources(sources: readonly Source[]) {
  const files = sources.map(({path, lines}) => ({name: path, lines: lines.length}));
  const functions = sources.flatMap((source) =>
    source.functions.map(({name, line, lines}) => ({
      name: `${source.path}:${line} ${name}`,
      lines,
    })),
  );
  const commented = sources.flatMap(({comments}) => comments.map(({lines}) => lines));
  const total = sum(files.map(({lines}) => lines));
  return {
    files: spread(files.map(({lines}) => lines)),
    functions: spread(functions.map(({lines}) => lines)),
    commentsPer100: total === 0 ? 0 : (100 * sum(commented)) / total,
    cycles: findCycles(sources),
    ...findClones(sources),
    longest: {files: longest(files), functions: longest(functions)},
  };
}

export type Measures = ReturnType<typeof measureSources>;

export function printRow({files, functions, commentsPer100, cycles, share}: Measures): string {
  const cells = [
    '**cim-leaf**',
    files.median,
    files.p90,
    files.max,
    `${functions.median} / ${functions.p90} / ${functions.max}`,
    commentsPer100.toFixed(1),
    cycles.length,
    `${(100 * share).toFixed(1)} %`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The middle, the ninth tenth and the largest, each a number that is in the list. */
export function spread(numbers: readonly number[]) {
  const sorted = numbers.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return {median: at(0.5), p90: at(0.9), max: at(1)};
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function longest(named: readonly {name: string; lines: number}[]) {
  return named.toSorted((one, other) => other.lines - one.lines).slice(0, 10);
}

function printList({longest: {files, functions}, cycles, clones}: Measures): string {
  const table = (rows: typeof files) => rows.map(({name, lines}) => `  ${lines}  ${name}`);
  const pair = ({first, second}: Clone) => `  ${second} repeats ${first}`;
  return [
    'longest files',
    ...table(files),
    'longest functions',
    ...table(functions),
    'import cycles',
    ...cycles.map((paths) => `  ${paths.join(' ')}`),
    'clones of six lines and more',
    ...clones.map(pair),
  ].join('\n');
}

if (import.meta.main) {
  const measures = measureSources(readSources('.', ['src', 'services', 'views']));
  console.log(`${HEAD}\n|${'---|'.repeat(8)}\n${printRow(measures)}`);
  if (process.argv.includes('--list')) console.log(printList(measures));
}
