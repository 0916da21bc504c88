import {asyncApiDocument} from '#domain/api/async-api.ts';
import {checkMessage, findKind, type Verdict} from '#domain/api/check.ts';
import {findNamed} from '#domain/api/find-type.ts';
import {NAMED_SCHEMAS, wholeSchema} from '#domain/api/json-schema.ts';
import {type ReadMessage, readMessages} from '#domain/api/read-messages.ts';
import {stripControls} from '#domain/text.ts';

import {EXIT, type Invocation} from './verb.ts';

/** `api`. */
export function printDocument(invocation: Invocation): number {
  printJson(invocation, asyncApiDocument(invocation.world.version));
  return EXIT.done;
}

/** `api schema [TYPE]`. */
export function printSchema(invocation: Invocation): number {
  const {world, globals, args} = invocation;
  const [word] = args.words;
  if (word === undefined) {
    for (const {name, summary} of NAMED_SCHEMAS) {
      world.out(globals.json ? JSON.stringify({name, summary}) : `${name.padEnd(34)} ${summary}`);
    }
    return EXIT.done;
  }
  const named = findNamed(word, NAMED_SCHEMAS);
  if ('unknown' in named) {
    world.err(`cim-tui: the type ${named.unknown}`);
    return EXIT.usage;
  }
  printJson(invocation, wholeSchema(named.found));
  return EXIT.done;
}

/** `api check FILE`. @throws CimError `file-failed` */
export async function checkFile(invocation: Invocation): Promise<number> {
  const {world, args} = invocation;
  const [path = ''] = args.words;
  const {as} = args.options;
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
  const verdicts = messages.map((message) => {
    const verdict = verdictOn(message, named?.found);
    printVerdict(invocation, messages.length === 1 ? null : message.line, verdict);
    return verdict;
  });
  return verdicts.every(({mistakes}) => mistakes.length === 0) ? EXIT.done : EXIT.failed;
}

const verdictOn = (message: ReadMessage, kind: Parameters<typeof checkMessage>[1]): Verdict =>
  'broken' in message
    ? {type: null, mistakes: [{path: '', message: message.broken}], notes: []}
    : checkMessage(message.value, kind);

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
