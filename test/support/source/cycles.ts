import type {Source} from './parse.ts';
import {resolveImport} from './tree.ts';

/** Groups of files that import each other in a circle, types too (Tarjan, 1972). */
export function findCycles(sources: readonly Source[]): string[][] {
  const edges = new Map(sources.map((source) => [source.path, targetsOf(source)]));
  const order = new Map<string, number>();
  const open: string[] = [];
  const groups: string[][] = [];

  const visit = (path: string): number => {
    const number = order.size;
    order.set(path, number);
    open.push(path);
    const lows = (edges.get(path) ?? [])
      .filter((target) => edges.has(target))
      .map((target) => {
        const seen = order.get(target);
        if (seen === undefined) return visit(target);
        return open.includes(target) ? seen : number;
      });
    const low = Math.min(number, ...lows);
    if (low === number) groups.push(open.splice(open.indexOf(path)));
    return low;
  };

  for (const path of edges.keys()) if (!order.has(path)) visit(path);
  return groups.filter(
    ([path = '', ...more]) => more.length > 0 || edges.get(path)?.includes(path),
  );
}

function targetsOf({path, imports}: Source): string[] {
  return imports.map(({specifier}) => resolveImport(path, specifier));
}
