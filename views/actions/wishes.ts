import {findCommand} from '#domain/commands.ts';
import {ERROR_TEXTS, isCimError} from '#domain/errors.ts';
import type {Wish} from '#store/console-actions.ts';

import {type Console, viewOf} from '../console.ts';
import {thousands} from '../words/numbers.ts';
import {answer, changeRefusal} from './view-action.ts';

/** How a wish ended, for who asked. */
export interface WishOutcome {
  readonly isDone: boolean;
  readonly code: string | null;
}

/** Sends a wish and tells the answer. The key itself changes only what is pending. */
export async function sendWish(console: Console, wish: Wish, done: string): Promise<WishOutcome> {
  const refusal = changeRefusal(viewOf(console));
  if (refusal !== null) {
    answer(console, refusal, 'refused');
    return {isDone: false, code: null};
  }
  const end = beginPending(console, wish, done);
  try {
    const reply = await console.ports.send(wish);
    if (!reply.ok) {
      answer(console, `${reply.message}; ${reply.remedy}`, 'refused');
      return {isDone: false, code: reply.code};
    }
    const undo = canUndo(wish) ? ' · U undoes it' : '';
    answer(console, `${done} · event ${thousands(reply.sequence)}${undo}`, 'done');
    return {isDone: true, code: null};
  } catch (error) {
    answer(console, failureText(error), 'refused');
    return {isDone: false, code: isCimError(error) ? error.code : null};
  } finally {
    end();
  }
}

const canUndo = ({aggregate, verb}: Wish): boolean =>
  'command' in (findCommand(aggregate, verb)?.inverse ?? {});

/** Sends wishes one after the other; stops at the first that is refused. */
export async function sendWishes(
  console: Console,
  wishes: readonly Wish[],
  done: string,
): Promise<void> {
  for (const wish of wishes) {
    const {isDone} = await sendWish(console, wish, done);
    if (!isDone) {
      return;
    }
  }
}

/** One sentence for something thrown. */
export function failureText(error: unknown): string {
  if (isCimError(error)) {
    const {sentence, remedy} = ERROR_TEXTS[error.code];
    return `${sentence}; ${remedy}`;
  }
  return error instanceof Error ? error.message : String(error);
}

/** Marks the target as asked until the returned function is called. */
function beginPending({ui}: Console, {target}: Wish, text: string): () => void {
  const number = (ui.getState().pending.at(-1)?.number ?? 0) + 1;
  ui.setState(({pending}) => ({pending: [...pending, {number, target, text}]}));
  return () =>
    ui.setState(({pending}) => ({pending: pending.filter((item) => item.number !== number)}));
}
