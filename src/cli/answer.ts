import {type Answer, type Refusal, refusalAnswer} from '#domain/command.ts';
import {ERROR_TEXTS} from '#domain/errors.ts';

import {EXIT, type Invocation} from './verb.ts';

/** Prints an answer, and gives its exit code. */
export function printAnswer({world, globals}: Invocation, answer: Answer, done: string): number {
  if (globals.json) {
    world.out(JSON.stringify(answer));
  }
  if (!answer.ok) {
    world.err(`cim-tui: refused (${answer.code}): ${answer.message}; ${answer.remedy}`);
    return EXIT.refused;
  }
  if (!globals.json) {
    world.out(answer.would === undefined ? `${done} (event ${answer.sequence})` : would(answer));
  }
  return EXIT.done;
}

/** What was asked for cannot be shown: as a refused wish is printed, with its code. */
export function printRefusal({world, globals}: Invocation, refusal: Refusal): number {
  const {id: _none, ...answer} = refusalAnswer('', refusal);
  if (globals.json) {
    world.out(JSON.stringify(answer));
  }
  const {sentence, remedy} = ERROR_TEXTS[refusal.refused];
  const detail = refusal.detail === undefined ? '' : `: ${refusal.detail}`;
  world.err(`cim-tui: ${sentence}${detail}; ${remedy}`);
  return EXIT.refused;
}

function would({
  would: facts = [],
}: {
  readonly would?: Extract<Answer, {ok: true}>['would'];
}): string {
  return facts
    .map(({type, subject, data}) => `would store ${type} on ${subject}: ${JSON.stringify(data)}`)
    .join('\n');
}
