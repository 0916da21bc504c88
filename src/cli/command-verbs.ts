import type {LeafClient} from '#client/leaf-client.ts';
import {type Answer, type CommandDescriptor, type Danger, dangerOf} from '#domain/command.ts';
import {COMMANDS} from '#domain/commands.ts';
import {ERROR_TEXTS, isCimError} from '#domain/errors.ts';

import {printAnswer} from './answer.ts';
import {followJob} from './job.ts';
import {followOutcome} from './outcome.ts';
import {PortRowText, readRows} from './rows.ts';
import {
  EXIT,
  type Invocation,
  type Verb,
  type VerbArguments,
  type VerbOption,
  withLeaf,
} from './verb.ts';

/** Option of every command that is a job. */
const NO_WAIT: VerbOption = {
  name: 'no-wait',
  summary: 'end as soon as it is accepted; `job follow` tells how far it is',
};

/** A verb for each command there is: its words and flags are the command's own data. */
export const COMMAND_VERBS: readonly Verb[] = COMMANDS.map(verbOfCommand);

function verbOfCommand(command: CommandDescriptor): Verb {
  const flags = command.flags.map(({name, summary, sets}) => ({
    name,
    summary,
    ...(sets === undefined ? {value: name.toUpperCase()} : {}),
  }));
  return {
    path: [command.aggregate, command.verb],
    summary: command.summary,
    words: command.words.map(({name, isOptional = false}) => ({name, isOptional})),
    options: command.job === undefined ? flags : [...flags, NO_WAIT],
    run: (invocation) => runCommand(invocation, command),
  };
}

async function runCommand(invocation: Invocation, command: CommandDescriptor): Promise<number> {
  const {target, data} = wishFromWords(command, invocation.args);
  const what = `${command.aggregate} ${command.verb}${target === '' ? '' : ` ${target}`}`;
  if (
    data.dryRun !== true &&
    !(await mayGoOn(invocation, command, {what, target, danger: dangerOf(command, data)}))
  ) {
    return EXIT.usage;
  }
  return sendWish(invocation, {command, target, data, what});
}

interface CliWish {
  readonly command: Pick<CommandDescriptor, 'aggregate' | 'verb' | 'job' | 'hasOutcome'>;
  readonly target: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly what: string;
}

/** Sends one wish and prints its answer; a job that was accepted is followed. */
export function sendWish(invocation: Invocation, wish: CliWish): Promise<number> {
  const {world, args} = invocation;
  const id = invocation.globals.id ?? world.messageId();
  return withLeaf(invocation, async ({client}) => {
    const answer = await send(invocation, client, {...wish, id});
    if (typeof answer === 'number') {
      return answer;
    }
    const {job, hasOutcome} = wish.command;
    const isJob = job !== undefined;
    const accepted = `accepted: ${wish.what}${isJob ? `, job ${id}` : ''}`;
    const isOpen = isJob || hasOutcome === true;
    const code = printAnswer(invocation, answer, isOpen ? accepted : `done: ${wish.what}`);
    if (hasOutcome === true && answer.ok && world.detaches !== true) {
      return followOutcome(invocation, client, {
        target: wish.target,
        requested: answer.sequence,
      });
    }
    return isJob && answer.ok && world.detaches !== true && args.options['no-wait'] !== true
      ? followJob(invocation, client, {id, from: answer.sequence + 1})
      : code;
  });
}

/** The answer; where none came in time, that is said with what can be known, and its exit code. */
async function send(
  {world, globals}: Invocation,
  client: LeafClient,
  {command, target, data, id}: CliWish & {readonly id: string},
): Promise<Answer | number> {
  const {aggregate, verb, job} = command;
  const wish = {aggregate, verb, target: target === '' ? client.leafId : target, data, id};
  try {
    return await client.send({...wish, seen: globals.seen});
  } catch (error) {
    if (!isCimError(error, 'time-is-up') || world.signal.aborted) {
      throw error;
    }
    const {sentence} = ERROR_TEXTS[error.code];
    const remedy =
      job === undefined
        ? `it may still happen: repeated with \`--id ${id}\` it is done once`
        : `it may still happen: \`cim-tui job show ${id}\``;
    if (globals.json) {
      world.out(JSON.stringify({ok: false, id, code: error.code, message: sentence, remedy}));
    }
    world.err(`cim-tui: ${sentence} (${error.message}); ${remedy}`);
    return EXIT.timeIsUp;
  }
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
  const flags = command.flags.flatMap(({name, to, sets, isNumber}) => {
    const value = options[name];
    const given = isNumber === true && /^\d+$/.test(String(value)) ? Number(value) : value;
    return value === undefined ? [] : [[to, sets === undefined ? given : sets] as const];
  });
  const {target = '', ...data} = Object.fromEntries<unknown>([...given, ...flags]);
  return {target: String(target), data};
}

interface Asked {
  readonly what: string;
  readonly target: string;
  readonly danger: Danger;
}

async function mayGoOn(
  invocation: Invocation,
  command: CommandDescriptor,
  asked: Asked,
): Promise<boolean> {
  const {world, globals} = invocation;
  const {what, danger} = asked;
  if (danger === 'grave') {
    return await hasTyped(invocation, command, asked);
  }
  if (danger === 'plain' || globals.yes !== false) {
    return true;
  }
  if (world.ask === undefined) {
    world.err(`cim-tui: ${what} asks first; say --yes to go on`);
    return false;
  }
  return told(world, await world.ask(`${command.summary}: ${what}?`));
}

/** What cuts something off is done for who types what it is called: on the socket, in the list. */
async function hasTyped(
  invocation: Invocation,
  {aggregate, summary}: CommandDescriptor,
  {what, target}: Asked,
): Promise<boolean> {
  const {world, globals} = invocation;
  if (globals.yes === target) {
    return true;
  }
  const title = aggregate === 'port' ? await portTitleOf(invocation, target) : target;
  if (globals.yes === title) {
    return true;
  }
  if (world.askWord === undefined || globals.yes !== false) {
    world.err(`cim-tui: ${what} asks first; say --yes="${title}" to go on`);
    return false;
  }
  const typed = await world.askWord(`${summary}: ${what}? Type ${title} to go on`);
  return told(world, typed === title || typed === target);
}

function told(world: Invocation['world'], isMeant: boolean): boolean {
  if (!isMeant) {
    world.err('cim-tui: nothing changed');
  }
  return isMeant;
}

/** What people call a port; the word that was given where there is no such port, or are several. */
const portTitleOf = (invocation: Invocation, target: string): Promise<string> =>
  withLeaf(invocation, async ({client}) => {
    const {rows} = await client.query('port', 'list', {target});
    const [row, second] = readRows(PortRowText, rows);
    return row === undefined || second !== undefined ? target : (row.label ?? row.name);
  });
