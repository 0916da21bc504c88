/**
 * One key press, by its canonical name: a printable key is its own text (`a`, `A`, `:`), the others
 * are words (`up`, `page-down`, `f1`, `ctrl-l`, `alt-x`, `shift-tab`, `space`). Paste is no key.
 */
export type KeyEvent =
  | {readonly kind: 'key'; readonly name: string; readonly text: string | null}
  | {readonly kind: 'paste'; readonly text: string};

/** A key that writes itself. */
export const printableKey = (text: string): KeyEvent => ({
  kind: 'key',
  name: text === ' ' ? 'space' : text,
  text,
});

/** A key that writes nothing. */
export const namedKey = (name: string): KeyEvent => ({kind: 'key', name, text: null});
