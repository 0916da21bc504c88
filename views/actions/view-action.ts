import {ERROR_TEXTS} from '#domain/errors.ts';
import {changeRefusal as codeOfRefusal} from '#store/change-refusal.ts';
import type {AnswerLine} from '#store/ui-store.ts';

import type {Console, View} from '../console.ts';
import type {KeyEvent} from '../keys/key-event.ts';

/** Something a key does. Keys themselves are in keymap.ts. */
export interface ViewAction {
  /** `port.label`, as the command where there is one. */
  readonly id: string;
  /** What it does, for help and menu. */
  readonly title: string;
  /** It changes the leaf: in STALE and READONLY it answers why not. */
  readonly changesLeaf?: boolean;
  /** Why it cannot be done now, or null. */
  refusal?(view: View): string | null;
  run(console: Console, key: KeyEvent): void;
}

/** How long an answer stands in the footer's place. */
const ANSWER_MS = 5_000;

/** Puts an answer in the footer's place for 5 s. */
export function answer(console: Console, text: string, kind: AnswerLine['kind']): void {
  const line: AnswerLine = {text, kind};
  console.ui.setState({answer: line});
  console.after(ANSWER_MS, () => {
    if (console.ui.getState().answer === line) {
      console.ui.setState({answer: null});
    }
  });
}

/** Why nothing can be changed now, or null. */
export function changeRefusal({read}: View): string | null {
  const code = codeOfRefusal(read);
  return code === null ? null : ERROR_TEXTS[code].sentence;
}

/** Why an action cannot be done now, or null. */
export const refusalOf = (action: ViewAction, view: View): string | null =>
  (action.changesLeaf === true ? changeRefusal(view) : null) ?? action.refusal?.(view) ?? null;
