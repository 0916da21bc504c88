/** The names that a word was most likely meant for, nearest first; none where nothing is near. */
export function nearestNames(word: string, names: readonly string[], most = 3): readonly string[] {
  const wanted = word.toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  return [...new Set(names)]
    .map((name) => ({name, distance: distanceBetween(wanted, name.toLowerCase())}))
    .filter(({name, distance}) => distance <= limit || isPartOf(wanted, name.toLowerCase()))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({name}) => name);
}

const isPartOf = (word: string, name: string): boolean => word.length > 1 && name.includes(word);

/** Letters put in, taken out, changed, or changed places with the next: "optimal string alignment". */
function distanceBetween(a: string, b: string): number {
  let above: readonly number[] = [];
  let row = Array.from({length: b.length + 1}, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isTurned = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const turned = isTurned ? (above[j - 2] ?? 0) + 1 : swap;
      next.push(Math.min(swap, turned, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    above = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The one that was most likely meant; undefined: none is near. */
export const nearestName = (word: string, names: readonly string[]): string | undefined =>
  nearestNames(word, names, 1)[0];
