/** Tells the text of what runs on a channel from the channel's own lines. */
export interface AnswerReader {
  /** The next piece, wherever it was cut. */
  take(text: string): void;
}

/** Stands before each line that is the channel's own: ASCII's record separator. */
const MARK = '\x1e';
const PIECES = new RegExp(`(${MARK}|\\n)`);

/** Passes text on as it comes, and each own line when it is whole, in order. */
export function createAnswerReader(on: {
  text(text: string): void;
  answer(line: string): void;
}): AnswerReader {
  let line: string | undefined;
  return {
    take(text) {
      for (const piece of text.split(PIECES).filter((found) => found !== '')) {
        if (line === undefined && piece === MARK) {
          line = '';
        } else if (line === undefined) {
          on.text(piece);
        } else if (piece === '\n') {
          on.answer(line);
          line = undefined;
        } else {
          line += piece;
        }
      }
    },
  };
}
