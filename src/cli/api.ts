import type {Verdict} from '#domain/api/check.ts';
import {stripControls} from '#domain/text.ts';

import {EXIT, type Invocation, type Verb} from './verb.ts';

const schema: Verb = {
  path: ['api', 'schema'],
  summary: 'JSON Schema of one message, or without TYPE the names of all',
  words: [{name: 'TYPE', isOptional: true}],
  options: [],
  async run(invocation) {
    const {world, globals, args} = invocation;
    const [word] = args.words;
    const {NAMED_SCHEMAS, wholeSchema} = await import('#domain/api/json-schema.ts');
    if (word === undefined) {
      for (const {name, summary} of NAMED_SCHEMAS) {
        world.out(globals.json ? JSON.stringify({name, summary}) : `${name.padEnd(34)} ${summary}`);
      }
      return EXIT.done;
    }
    const {findNamed} = await import('#domain/api/find-type.ts');
    const named = findNamed(word, NAMED_SCHEMAS);
    if ('unknown' in named) {
      world.err(`cim-tui: the type ${named.unknown}`);
      return EXIT.usage;
    }
    printJson(invocation, wholeSchema(named.found));
    return EXIT.done;
  },
};

const check: Verb = {
  path: ['api', 'check'],
  summary: 'messages in a file (-: stdin), each held against its schema',
  words: [{name: 'FILE'}],
  options: [{name: 'as', value: 'TYPE', summary: 'what they are, where they do not say it'}],
  async run(invocation) {
    const {world, args} = invocation;
    const [path = ''] = args.words;
    const {as} = args.options;
    const {checkMessage, findKind} = await import('#domain/api/check.ts');
    const {readMessages} = await import('#domain/api/read-messages.ts');
    const named = as === undefined ? undefined : findKind(String(as));
    if (named !== undefined && 'unknown' in named) {
      world.err(`cim-tui: the type ${named.unknown}`);
      return EXIT.usage;
    }
    const messages = readMessages(await world.readText(path));
    if (messages.length === 0) {
      world.err(`cim-tui: there is no message in ${path}`);
      return EXIT.failed;
    }
    const isOnly = messages.length === 1;
    let isFine = true;
    for (const message of messages) {
      const verdict =
        'broken' in message
          ? {type: null, mistakes: [{path: '', message: message.broken}], notes: []}
          : checkMessage(message.value, named?.found);
      isFine &&= verdict.mistakes.length === 0;
      printVerdict(invocation, isOnly ? null : message.line, verdict);
    }
    return isFine ? EXIT.done : EXIT.failed;
  },
};

const api: Verb = {
  path: ['api'],
  summary: 'everything on the wire, as an AsyncAPI document',
  words: [],
  options: [],
  async run(invocation) {
    const {asyncApiDocument} = await import('#domain/api/async-api.ts');
    printJson(invocation, asyncApiDocument(invocation.world.version));
    return EXIT.done;
  },
};

/** What is on the wire, without a leaf: longer words first, as the first that fits is run. */
export const API_VERBS: readonly Verb[] = [schema, check, api];

const printJson = ({world, globals}: Invocation, value: unknown): void =>
  world.out(JSON.stringify(value, null, globals.json ? undefined : 2));

/** `ok TYPE`, or a line a mistake; the number of the message where there are several. */
function printVerdict(
  {world, globals}: Invocation,
  line: number | null,
  {type, mistakes, notes}: Verdict,
): void {
  const isFine = mistakes.length === 0;
  if (globals.json) {
    world.out(JSON.stringify({line: line ?? 1, ok: isFine, type, mistakes, notes}));
    return;
  }
  const at = line === null ? '' : `${line}: `;
  world.out(`${at}${isFine ? 'ok' : 'wrong'} ${type ?? '(unknown)'}`);
  for (const {path, message} of mistakes) {
    world.out(stripControls(`  ${path === '' ? '' : `${path}: `}${message}`));
  }
  for (const {path, message} of notes) {
    world.out(stripControls(`  note: ${path}: ${message}`));
  }
}
