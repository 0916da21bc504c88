import type {EventRow} from './selectors.ts';

/** What happened since a visit, as counts. */
export interface SinceVisit {
  /** Events in all. */
  readonly total: number;
  /** The counts below cover only the newest events: the rest is not kept here. */
  readonly isPartial: boolean;
  readonly counts: readonly {
    readonly what: string;
    readonly count: number;
    readonly who: readonly string[];
    /** Sequence of the newest of them. */
    readonly newest: number;
  }[];
}

const SHOWN: readonly string[] = ['plug', 'wish'];

/** Counts by what happened, most frequent first, each with who did it where it was a wish. */
export function sinceVisit(rows: readonly EventRow[], since: number, last: number): SinceVisit {
  const counts = new Map<string, {count: number; who: Set<string>; newest: number}>();
  for (const {sequence, words} of rows) {
    if (sequence > since && SHOWN.includes(words.kind)) {
      const known = counts.get(words.what) ?? {count: 0, who: new Set(), newest: 0};
      known.count += 1;
      known.newest = sequence;
      if (words.kind === 'wish') {
        known.who.add(words.who);
      }
      counts.set(words.what, known);
    }
  }
  const first = rows[0]?.sequence ?? last;
  return {
    total: Math.max(0, last - since),
    isPartial: first > since + 1,
    counts: [...counts]
      .map(([what, {who, ...rest}]) => ({what, ...rest, who: [...who]}))
      .sort((a, b) => b.count - a.count),
  };
}
