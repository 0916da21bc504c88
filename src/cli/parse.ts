import {parseArgs} from 'node:util';

import {isMessageId} from '#domain/ids.ts';

import type {Globals, Verb, VerbArguments, VerbOption} from './verb.ts';

const GLOBAL_OPTIONS: readonly VerbOption[] = [
  {name: 'json', summary: 'one JSON object a line on stdout'},
  {name: 'home', value: 'DIR', summary: 'where the leaf keeps keys and state'},
  {name: 'nats', value: 'URL', summary: 'NATS server to talk to'},
  {name: 'creds', value: 'FILE', summary: 'credentials for it'},
  {name: 'leaf', value: 'ID', summary: 'leaf to talk to'},
  {name: 'timeout', value: 'S', summary: 'seconds to wait for an answer, 5'},
  {name: 'id', value: 'ID', summary: 'id of the command: repeated, it gets the first answer'},
  {name: 'seen', value: 'SEQUENCE', summary: 'refuse what was changed after this event'},
  {name: 'yes', summary: 'do not ask'},
  {name: 'filter', value: 'EXPR', summary: 'only rows that match: words AND, !word, column:word'},
  {name: 'help', summary: 'this text'},
  {name: 'version', summary: 'the version'},
];

/** What a command line means, or what is wrong with it in one sentence. */
export type Parsed =
  | {
      readonly kind: 'run';
      readonly verb: Verb;
      readonly globals: Globals;
      readonly args: VerbArguments;
    }
  | {readonly kind: 'help'; readonly path: readonly string[]}
  | {readonly kind: 'version'}
  | {
      readonly kind: 'console';
      readonly globals: Globals;
      readonly isDemo: boolean;
      readonly isReadonly: boolean;
    }
  | {readonly kind: 'wrong'; readonly sentence: string};

const CONSOLE_OPTIONS: readonly VerbOption[] = [
  {name: 'demo', summary: 'a made-up leaf, without server, root or network'},
  {name: 'readonly', summary: 'look, never change'},
];

/** Options of the bare console and of every command, for the help. */
export const HELP_OPTIONS = {global: GLOBAL_OPTIONS, console: CONSOLE_OPTIONS} as const;

/** Reads argv (without node and script) against the verbs there are. */
export function parseCommandLine(argv: readonly string[], verbs: readonly Verb[]): Parsed {
  const args = argv.map(readable);
  const everything = [
    ...GLOBAL_OPTIONS,
    ...CONSOLE_OPTIONS,
    ...verbs.flatMap(({options}) => options),
  ];
  const loose = readArgs(args, everything, false);
  if ('sentence' in loose) {
    return {kind: 'wrong', sentence: loose.sentence};
  }
  const {words, options} = loose;
  if (options.version === true) {
    return {kind: 'version'};
  }
  if (options.help === true || words[0] === 'help') {
    return {kind: 'help', path: words.filter((word) => word !== 'help')};
  }
  if (words.length === 0) {
    return parseConsole(args);
  }
  const verb = findVerb(words, verbs);
  return verb === undefined
    ? {kind: 'wrong', sentence: unknownWords(words, verbs)}
    : parseVerb(args, verb);
}

/** Stands before a word that only looks like an option: no argument can hold it. */
const MARK = '\0';

/** What an option parser would take for something else: `--yes=LABEL`, and `-15m` for options. */
function readable(word: string): string {
  if (word.startsWith('--yes=')) {
    return `--yes-label=${word.slice(6)}`;
  }
  return /^-\d/.test(word) ? `${MARK}${word}` : word;
}

const asTyped = (word: string): string => (word.startsWith(MARK) ? word.slice(MARK.length) : word);

function parseConsole(args: readonly string[]): Parsed {
  const strict = readArgs(args, [...GLOBAL_OPTIONS, ...CONSOLE_OPTIONS], true);
  if ('sentence' in strict) {
    return {kind: 'wrong', sentence: strict.sentence};
  }
  const globals = readGlobals(strict.options);
  if ('sentence' in globals) {
    return {kind: 'wrong', sentence: globals.sentence};
  }
  const {demo, readonly: isReadonly} = strict.options;
  return {kind: 'console', globals, isDemo: demo === true, isReadonly: isReadonly === true};
}

function parseVerb(args: readonly string[], verb: Verb): Parsed {
  const strict = readArgs(args, [...GLOBAL_OPTIONS, ...verb.options], true);
  if ('sentence' in strict) {
    return {kind: 'wrong', sentence: strict.sentence};
  }
  const words = strict.words.slice(verb.path.length);
  const missing = verb.words.find(({isOptional = false}, index) => !isOptional && !words[index]);
  const name = verb.path.join(' ');
  if (missing !== undefined) {
    return {
      kind: 'wrong',
      sentence: `${name} needs ${missing.name}: see \`cim-tui ${name} --help\``,
    };
  }
  const extra = words[verb.words.length];
  if (extra !== undefined) {
    return {kind: 'wrong', sentence: `${name} takes no word "${extra}" (quote names with spaces)`};
  }
  const globals = readGlobals(strict.options);
  return 'sentence' in globals
    ? {kind: 'wrong', sentence: globals.sentence}
    : {kind: 'run', verb, globals, args: {words, options: strict.options}};
}

interface RawArguments {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean>>;
}

function readArgs(
  args: readonly string[],
  options: readonly VerbOption[],
  strict: boolean,
): RawArguments | {readonly sentence: string} {
  const known = Object.fromEntries(
    [...options, {name: 'yes-label', value: 'LABEL', summary: ''}].map(({name, value}) => [
      name,
      {type: value === undefined ? 'boolean' : 'string'} as const,
    ]),
  );
  try {
    const {positionals, values} = parseArgs({
      args: [...args],
      options: known,
      strict,
      allowPositionals: true,
    });
    const given = Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'boolean'
        ? [[name, typeof value === 'string' ? asTyped(value) : value] as const]
        : [],
    );
    return {words: positionals.map(asTyped), options: Object.fromEntries(given)};
  } catch (error) {
    return {sentence: firstSentence(error)};
  }
}

/** parseArgs explains in several sentences; the first one says what is wrong. */
const firstSentence = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return message.split(/\. |\n/)[0] ?? message;
};

function readGlobals(
  options: Readonly<Record<string, string | boolean>>,
): Globals | {readonly sentence: string} {
  const text = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
  const seconds = Number(text('timeout') ?? 5);
  if (!Number.isFinite(seconds) || seconds <= 0 || seconds > 3600) {
    return {sentence: `--timeout takes seconds from 0 to 3600, not "${text('timeout')}"`};
  }
  const id = text('id');
  if (id !== undefined && !isMessageId(id)) {
    return {sentence: `--id takes a UUID, not "${id}"`};
  }
  const seen = text('seen');
  if (seen !== undefined && !/^\d{1,15}$/.test(seen)) {
    return {sentence: `--seen takes the sequence of an event, not "${seen}"`};
  }
  return {
    json: options.json === true,
    home: text('home'),
    nats: text('nats'),
    creds: text('creds'),
    leaf: text('leaf'),
    timeoutMs: seconds * 1000,
    id,
    seen: seen === undefined ? undefined : Number(seen),
    yes: text('yes-label') ?? options.yes === true,
    filter: text('filter'),
  };
}

const findVerb = (words: readonly string[], verbs: readonly Verb[]): Verb | undefined =>
  verbs.find(({path}) => path.every((word, index) => words[index] === word));

function unknownWords(words: readonly string[], verbs: readonly Verb[]): string {
  const [noun = '', verb] = words;
  const siblings = verbs.filter(({path}) => path[0] === noun);
  if (siblings.length === 0) {
    return `there is no command "${noun}"; see \`cim-tui --help\``;
  }
  const names = siblings.map(({path}) => path.slice(1).join(' ')).join(', ');
  return verb === undefined
    ? `${noun} needs a verb: ${names}`
    : `there is no "${noun} ${verb}"; ${noun} has ${names}`;
}
