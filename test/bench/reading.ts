export type Unit = 'ms' | '%' | 'B' | 'MB' | 'k/s';

/** Somebody else's number, taken in the same run. */
export interface Peer {
  readonly name: string;
  readonly value: number;
}

/** What ours must not exceed, or at least reach, and how that is said. */
export interface Bound {
  readonly limit: number;
  readonly isLeast?: boolean;
  readonly text: string;
}

/** One number of ours. */
export interface Reading {
  readonly name: string;
  readonly unit: Unit;
  readonly ours: number;
  /** The ratio is to the first. */
  readonly peers: readonly Peer[];
  readonly bound: Bound | null;
}

export type Verdict = 'OK' | 'MISS' | '-';

/** A reading as the table has it. */
export interface Judged {
  readonly reading: Reading;
  readonly verdict: Verdict;
  readonly isSecond: boolean;
}

interface Beside {
  readonly peers?: readonly Peer[];
  readonly bound?: Bound;
}

/** A reading, with peers and a bound where there are any. */
export const reading = (
  name: string,
  unit: Unit,
  ours: number,
  {peers = [], bound}: Beside = {},
): Reading => ({name, unit, ours, peers, bound: bound ?? null});

/** A fixed bound, or a number of times a peer's value. */
export const atMost = (limit: number, unit: Unit): Bound => ({limit, text: `${limit} ${unit}`});
export const atLeast = (limit: number, unit: Unit): Bound => ({
  limit,
  isLeast: true,
  text: `${limit} ${unit}`,
});
export const shareOfPeer = (share: number, {value}: Peer): Bound => ({
  limit: share * value,
  isLeast: true,
  text: `${share} x peer`,
});
export const timesPeer = (times: number, {value}: Peer): Bound => ({
  limit: times * value,
  text: `${times} x peer`,
});
export const peerPlus = ({value}: Peer, extra: number, unit: Unit): Bound => ({
  limit: value + extra,
  text: `peer + ${extra} ${unit}`,
});

/** Reads once, and once more where a bound is missed: the better half of the two counts. */
export async function judgeTwice(
  read: () => Promise<readonly Reading[]>,
): Promise<readonly Judged[]> {
  const first = await read();
  if (first.every((each) => verdictOf(each) !== 'MISS')) {
    return first.map((each) => judged(each, false));
  }
  const second = await read();
  return first.map((once) => {
    const again = second.find(({name}) => name === once.name);
    const isSecond = verdictOf(once) === 'MISS' && again !== undefined;
    return judged(isSecond ? again : once, isSecond);
  });
}

function verdictOf({ours, bound}: Reading): Verdict {
  if (bound === null) {
    return '-';
  }
  const isKept = bound.isLeast === true ? ours >= bound.limit : ours <= bound.limit;
  return isKept ? 'OK' : 'MISS';
}

const judged = (taken: Reading, isSecond: boolean): Judged => ({
  reading: taken,
  verdict: verdictOf(taken),
  isSecond,
});
