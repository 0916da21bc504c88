import type {Answer} from '#domain/command.ts';
import {answerOf} from '#projections/answers.ts';
import type {Inventory} from '#projections/inventory.ts';

/** Answers already given, so that a command sent again gets its first answer. */
export interface AnswerBook {
  /** Remembers a refusal, as long as this agent lives. */
  remember(answer: Answer): void;
  /** An accepted command's answer is in the inventory, which its events have made. */
  find(commandId: string, inventory: Inventory): Answer | undefined;
  /**
   * True when this id was used for words of this digest before, or never. An id that was heard with
   * other words cannot get their answer: of accepted ones this is known over a restart, too.
   */
  isSame(commandId: string, digest: string, inventory: Inventory): boolean;
}

/** How many refusals are kept; the oldest go first. */
const BOOK_SIZE = 10_000;

/** An empty book. */
export function createAnswerBook(): AnswerBook {
  const refusals = new Map<string, Answer>();
  const digestOf = new Map<string, string>();
  return {
    remember: (answer) => keep(refusals, answer.id, answer),
    find(commandId, {answers}) {
      const known = answerOf(answers, commandId);
      return known === undefined
        ? refusals.get(commandId)
        : {ok: true, id: commandId, events: [...known.events], sequence: known.sequence};
    },
    isSame(commandId, digest, {answers}) {
      const before = answerOf(answers, commandId)?.digest ?? digestOf.get(commandId) ?? digest;
      keep(digestOf, commandId, before);
      return before === digest;
    },
  };
}

function keep<Value>(book: Map<string, Value>, id: string, value: Value): void {
  book.set(id, value);
  const [oldest] = book.keys();
  if (book.size > BOOK_SIZE && oldest !== undefined) {
    book.delete(oldest);
  }
}
