import {linkOf, namesIn} from './read-file.ts';

/**
 * Interfaces that stand on one, to any depth: VLANs, macvlans and their like. Not the bridge or bond
 * that it is a member of: that has other members, too.
 */
export function createUppers(sysRoot: string): (name: string) => readonly string[] {
  const uppersOf = (name: string): readonly string[] => {
    const folder = `${sysRoot}/class/net/${name}`;
    const entries = namesIn(folder);
    const master = linkOf(`${folder}/master`)?.split('/').at(-1);
    return typeof entries === 'string'
      ? []
      : entries
          .filter((entry) => entry.startsWith('upper_'))
          .map((entry) => entry.slice('upper_'.length))
          .filter((upper) => upper !== master);
  };
  return (name) => {
    const found = new Set<string>();
    const waiting = [...uppersOf(name)];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (!found.has(next)) {
        found.add(next);
        waiting.push(...uppersOf(next));
      }
    }
    return [...found].toSorted();
  };
}
