import type {Table, TableWriter} from '#domain/table.ts';
import {epochMsOf} from '#domain/time.ts';
import type {Happening, Projection} from './projection.ts';

/** What an accepted command came to: the ids of its events, and the sequence of the last. */
export interface StoredAnswer {
  readonly events: readonly string[];
  readonly sequence: number;
  readonly time: string;
}

/** By command id, oldest first: a command that is sent again gets its first answer. */
export type Answers = Table<StoredAnswer>;

/** How long, and how many, at least; a few more are kept between two clearings. */
const KEPT_MS = 24 * 60 * 60 * 1000;
const KEPT = 10_000;
/** Cleared at each sequence that this divides, so that every fold clears at the same places. */
const CLEAR_EVERY = 1000;

export const answersProjection: Projection<Answers> = {
  version: 1,
  initial: {},
  evolve(answers, happening, writer) {
    const learnt = learn(answers, happening, writer);
    return happening.sequence % CLEAR_EVERY === 0 ? clear(learnt, happening, writer) : learnt;
  },
};

/** An event with an actor is what somebody's command came to. */
function learn(answers: Answers, {event, sequence, time}: Happening, writer: TableWriter): Answers {
  if (event.actor === undefined) {
    return answers;
  }
  const {causationid, id} = event;
  const events = Object.hasOwn(answers, causationid) ? (answers[causationid]?.events ?? []) : [];
  return writer.put(answers, causationid, {events: [...events, id], sequence, time});
}

function clear(answers: Answers, {time}: Happening, writer: TableWriter): Answers {
  const all = Object.entries(answers);
  const since = epochMsOf(time) - KEPT_MS;
  const old = all
    .filter(([, answer], index) => all.length - index > KEPT || epochMsOf(answer.time) < since)
    .map(([id]) => id);
  return writer.drop(answers, old);
}
