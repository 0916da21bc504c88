import type {Table, TableWriter} from '#domain/table.ts';
import {epochMsOf} from '#domain/time.ts';
import type {Happening, Projection} from './projection.ts';

/** What an accepted command came to: the ids of its events, and the sequence of the last. */
export interface StoredAnswer {
  readonly events: readonly string[];
  readonly sequence: number;
  readonly time: string;
  /** Of the command's words; undefined: an older version stored it without. */
  readonly digest?: string;
}

/**
 * By command id. They lie in portions, so that one more costs no copy of ten thousand and the oldest
 * go without a look at each.
 */
export interface Answers {
  readonly young: Table<StoredAnswer>;
  /** How many of them are young. */
  readonly count: number;
  /** Full portions, oldest first. */
  readonly old: readonly Portion[];
}

interface Portion {
  readonly rows: Table<StoredAnswer>;
  /** Time of the newest of them. */
  readonly time: string;
}

/** How long they are kept at least, up to so many; they go by portions. */
const KEPT_MS = 24 * 60 * 60 * 1000;
const KEPT = 10_000;
const PORTION = 100;

export const answersProjection: Projection<Answers> = {
  version: 4,
  initial: {young: {}, count: 0, old: []},
  evolve(answers, happening, writer) {
    const learnt = learn(answers, happening, writer);
    return learnt.count < PORTION ? learnt : close(learnt, happening);
  },
};

/** The answer of a command; undefined: it was not accepted, or long ago. */
export const answerOf = ({young, old}: Answers, commandId: string): StoredAnswer | undefined =>
  own(young, commandId) ??
  old.findLast(({rows}) => Object.hasOwn(rows, commandId))?.rows[commandId];

const own = (table: Table<StoredAnswer>, id: string): StoredAnswer | undefined =>
  Object.hasOwn(table, id) ? table[id] : undefined;

/** An event with an actor is what somebody's command came to. */
function learn(answers: Answers, {event, sequence, time}: Happening, writer: TableWriter): Answers {
  if (event.actor === undefined) {
    return answers;
  }
  const {young, count, old} = answers;
  const {causationid, id, commanddigest: digest} = event;
  const known = own(young, causationid);
  // The events of one command follow each other: an earlier one is here or in the last portion.
  const earlier = known ?? own(old.at(-1)?.rows ?? {}, causationid);
  const words = digest === undefined ? {} : {digest};
  const answer = {events: [...(earlier?.events ?? []), id], sequence, time, ...words};
  return {
    young: writer.put(young, causationid, answer),
    count: known === undefined ? count + 1 : count,
    old,
  };
}

function close({young, old}: Answers, {time}: Happening): Answers {
  const since = epochMsOf(time) - KEPT_MS;
  const portions = [...old, {rows: young, time}].slice(-KEPT / PORTION);
  return {
    young: {},
    count: 0,
    old: portions.filter((portion) => epochMsOf(portion.time) >= since),
  };
}
