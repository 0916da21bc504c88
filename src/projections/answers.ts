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
 * By command id, oldest first: a command that is sent again gets its first answer. The young ones
 * lie apart, so that one more does not cost a copy of ten thousand.
 */
export interface Answers {
  readonly young: Table<StoredAnswer>;
  readonly old: Table<StoredAnswer>;
}

/** How long, and how many, at least; a few more are kept between two clearings. */
const KEPT_MS = 24 * 60 * 60 * 1000;
const KEPT = 10_000;
/** Cleared at each sequence that this divides, so that every fold clears at the same places. */
const CLEAR_EVERY = 500;

export const answersProjection: Projection<Answers> = {
  version: 3,
  initial: {young: {}, old: {}},
  evolve(answers, happening, writer) {
    const learnt = learn(answers, happening, writer);
    return happening.sequence % CLEAR_EVERY === 0 ? clear(learnt, happening) : learnt;
  },
};

/** The answer of a command; undefined: it was not accepted, or long ago. */
export const answerOf = ({young, old}: Answers, commandId: string): StoredAnswer | undefined =>
  own(young, commandId) ?? own(old, commandId);

const own = (table: Table<StoredAnswer>, id: string): StoredAnswer | undefined =>
  Object.hasOwn(table, id) ? table[id] : undefined;

/** An event with an actor is what somebody's command came to. */
function learn(answers: Answers, {event, sequence, time}: Happening, writer: TableWriter): Answers {
  if (event.actor === undefined) {
    return answers;
  }
  const {causationid, id, commanddigest: digest} = event;
  const events = answerOf(answers, causationid)?.events ?? [];
  const words = digest === undefined ? {} : {digest};
  const answer = {events: [...events, id], sequence, time, ...words};
  return {...answers, young: writer.put(answers.young, causationid, answer)};
}

function clear({young, old}: Answers, {time}: Happening): Answers {
  const since = epochMsOf(time) - KEPT_MS;
  const all = Object.entries({...old, ...young}).filter(
    ([, answer]) => epochMsOf(answer.time) >= since,
  );
  return {young: {}, old: Object.fromEntries(all.slice(-KEPT))};
}
