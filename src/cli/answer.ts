import type {Answer} from '#domain/command.ts';

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

function would({
  would: facts = [],
}: {
  readonly would?: Extract<Answer, {ok: true}>['would'];
}): string {
  return facts
    .map(({type, subject, data}) => `would store ${type} on ${subject}: ${JSON.stringify(data)}`)
    .join('\n');
}
