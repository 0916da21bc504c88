import type {CommandDescriptor} from '#domain/command.ts';
import {COMMANDS} from '#domain/commands.ts';

import {printAnswer} from './answer.ts';
import {EXIT, type Invocation, type Verb, type VerbArguments, withLeaf} from './verb.ts';

/** A verb for each command there is: its words and flags are the command's own data. */
export const COMMAND_VERBS: readonly Verb[] = COMMANDS.map(verbOfCommand);

function verbOfCommand(command: CommandDescriptor): Verb {
  return {
    path: [command.aggregate, command.verb],
    summary: command.summary,
    words: command.words.map(({name, isOptional = false}) => ({name, isOptional})),
    options: command.flags.map(({name, summary, sets}) => ({
      name,
      summary,
      ...(sets === undefined ? {value: name.toUpperCase()} : {}),
    })),
    run: (invocation) => runCommand(invocation, command),
  };
}

async function runCommand(invocation: Invocation, command: CommandDescriptor): Promise<number> {
  const {target, data} = wishFromWords(command, invocation.args);
  const what = `${command.aggregate} ${command.verb}${target === '' ? '' : ` ${target}`}`;
  if (data.dryRun !== true && !(await mayGoOn(invocation, command, what))) {
    return EXIT.usage;
  }
  return sendWish(invocation, {command, target, data, what});
}

/** Sends one wish and prints its answer. */
export function sendWish(
  invocation: Invocation,
  wish: {
    readonly command: Pick<CommandDescriptor, 'aggregate' | 'verb'>;
    readonly target: string;
    readonly data: Readonly<Record<string, unknown>>;
    readonly what: string;
  },
): Promise<number> {
  const {command, target, data, what} = wish;
  return withLeaf(invocation, async ({client}) => {
    const answer = await client.send({
      aggregate: command.aggregate,
      verb: command.verb,
      target: target === '' ? client.leafId : target,
      data,
      id: invocation.globals.id,
      seen: invocation.globals.seen,
    });
    return printAnswer(invocation, answer, `done: ${what}`);
  });
}

/** The request behind words and flags. */
export function wishFromWords(
  command: CommandDescriptor,
  {words, options}: VerbArguments,
): {readonly target: string; readonly data: Readonly<Record<string, unknown>>} {
  const given = command.words.flatMap(({to}, index) => {
    const word = words[index];
    return word === undefined ? [] : [[to, word] as const];
  });
  const flags = command.flags.flatMap(({name, to, sets}) => {
    const value = options[name];
    return value === undefined ? [] : [[to, sets === undefined ? value : sets] as const];
  });
  const {target = '', ...data} = Object.fromEntries<unknown>([...given, ...flags]);
  return {target: String(target), data};
}

async function mayGoOn(
  {world, globals}: Invocation,
  command: CommandDescriptor,
  what: string,
): Promise<boolean> {
  if (command.danger === 'plain' || globals.yes !== false) {
    return true;
  }
  if (world.ask === undefined) {
    world.err(`cim-tui: ${what} asks first, and there is no terminal to ask on; add --yes`);
    return false;
  }
  const isMeant = await world.ask(`${command.summary}: ${what}?`);
  if (!isMeant) {
    world.err('cim-tui: nothing changed');
  }
  return isMeant;
}
