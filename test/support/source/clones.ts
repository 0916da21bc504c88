import type {Source} from './parse.ts';

const RUN = 6;

export type Clone = {readonly first: string; readonly second: string};

type Line = {readonly path: string; readonly line: number; readonly text: string};

/**
 * Lines that stand in a run of six or more equal ones elsewhere. Blank lines, lone brackets,
 * comments and imports are not counted: they are equal everywhere.
 */
export function findClones(sources: readonly Source[]): {share: number; clones: Clone[]} {
  const files = sources.map(listLines);
  const firsts = new Map<string, Line>();
  const doubled = new Set<string>();
  const clones: Clone[] = [];
  for (const lines of files) {
    for (const [index, line] of lines.entries()) {
      const run = lines.slice(index, index + RUN);
      if (run.length < RUN) break;
      const key = run.map(({text}) => text).join('\n');
      const first = firsts.get(key);
      firsts.set(key, first ?? line);
      if (!first) continue;
      for (const each of run) doubled.add(place(each));
      clones.push({first: place(first), second: place(line)});
    }
  }
  const total = files.reduce((sum, lines) => sum + lines.length, 0);
  return {share: total === 0 ? 0 : doubled.size / total, clones};
}

function listLines({path, lines, comments, imports}: Source): Line[] {
  const skipped = new Set(imports.map(({line}) => line));
  for (const {line, lines: count} of comments) {
    for (let offset = 0; offset < count; offset += 1) skipped.add(line + offset);
  }
  return lines
    .map((text, index) => ({path, line: index + 1, text: text.trim()}))
    .filter(({line, text}) => !skipped.has(line) && /\w/.test(text));
}

function place({path, line}: Line): string {
  return `${path}:${line}`;
}
