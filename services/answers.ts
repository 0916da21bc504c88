import type {Answer} from '#domain/command.ts';
import type {StoredMessage} from '#domain/message.ts';

/** Answers already given, so that a command sent again gets its first answer. */
export interface AnswerBook {
  /** Learns accepted commands from their events, at start and as they come. */
  learn(message: StoredMessage): void;
  /** Remembers a refusal, as long as this agent lives. */
  remember(answer: Answer): void;
  find(commandId: string): Answer | undefined;
  /**
   * True when this id was used for these very words before, or never. An id that this agent has
   * heard with other words cannot get their answer.
   */
  isSame(commandId: string, words: string): boolean;
}

/** How many answers are kept; the oldest go first. */
const BOOK_SIZE = 10_000;
/** As much of a command's words tells it from another. */
const WORDS_KEPT = 2000;

/** An empty book. Accepted answers come from the stream itself, so a restart loses none. */
export function createAnswerBook(): AnswerBook {
  const answers = new Map<string, Answer>();
  const wordsOf = new Map<string, string>();
  const put = (answer: Answer): void => {
    answers.delete(answer.id);
    answers.set(answer.id, answer);
    const [oldest] = answers.keys();
    if (answers.size > BOOK_SIZE && oldest !== undefined) {
      answers.delete(oldest);
      wordsOf.delete(oldest);
    }
  };
  return {
    learn(message) {
      if (message.kind !== 'event' || message.event.actor === undefined) {
        return;
      }
      const {causationid, id} = message.event;
      const known = answers.get(causationid);
      const events = known?.ok === true ? known.events : [];
      put({ok: true, id: causationid, events: [...events, id], sequence: message.sequence});
    },
    remember: put,
    find: (commandId) => answers.get(commandId),
    isSame(commandId, words) {
      const kept = words.slice(0, WORDS_KEPT);
      const before = wordsOf.get(commandId) ?? kept;
      wordsOf.set(commandId, before);
      const [oldest] = wordsOf.keys();
      if (wordsOf.size > BOOK_SIZE && oldest !== undefined) {
        wordsOf.delete(oldest);
      }
      return before === kept;
    },
  };
}
