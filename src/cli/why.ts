import type {LeafClient} from '#client/leaf-client.ts';
import {CimError} from '#domain/errors.ts';
import {type Origin, rootOf, stepOf, type WhyStep, whyChain} from '#domain/event/why.ts';
import {originWords, rootWords, stepWords} from '#domain/event/why-words.ts';
import type {Names} from '#domain/event/words.ts';
import {LIVE_READER, LIVE_SOURCES, type LiveReading} from '#domain/live-source.ts';
import {nearestNames} from '#domain/nearest.ts';
import {ownValue} from '#domain/own.ts';
import {stripControls} from '#domain/text.ts';

import {printRefusal} from './answer.ts';
import {namesOf, timeOf} from './event.ts';
import {localTime} from './local-time.ts';
import {readRows} from './rows.ts';
import {ageWord, tableLines} from './table.ts';
import {EXIT, type Invocation, type Verb, withLeaf} from './verb.ts';
import {type Field, NOUNS, type Noun, Row, type Thing} from './why-fields.ts';

/** `event why NOUN ID [FIELD]`. */
export const WHY_VERB: Verb = {
  path: ['event', 'why'],
  summary: 'what made a value so, and who: of one field the whole chain, else a line for each',
  words: [{name: 'NOUN'}, {name: 'ID'}, {name: 'FIELD', isOptional: true}],
  options: [],
  run: (invocation) => {
    const [word = ''] = invocation.args.words;
    const noun = ownValue(NOUNS, word);
    if (noun === undefined) {
      throw unknownWord(`there is nothing to ask about a "${word}"`, word, Object.keys(NOUNS));
    }
    return withLeaf(invocation, ({client}) => explain(invocation, noun, client));
  },
};

async function explain(invocation: Invocation, noun: Noun, client: LeafClient): Promise<number> {
  const [word = '', target = '', wanted] = invocation.args.words;
  const {rows} = await client.query(noun.view, noun.verb, {target});
  const found = readRows(Row, rows).filter((row) => isCalled(row, target));
  const [row, second] = found;
  if (second !== undefined) {
    const detail = found.map(({id}) => id).join(', ');
    return printRefusal(invocation, {refused: 'ambiguous-target', detail});
  }
  if (row === undefined) {
    const detail = `${target}${await nearestThings(noun, target, client)}`;
    return printRefusal(invocation, {refused: noun.unknown, detail});
  }
  const [thing, names] = await Promise.all([noun.thing(row, client), namesOf(client)]);
  if (wanted === undefined) {
    await printFields(invocation, thing, {client, names});
    return EXIT.done;
  }
  const field = thing.fields.find(({name}) => name === wanted);
  if (field === undefined) {
    const known = thing.fields.map(({name}) => name);
    throw unknownWord(`a ${word} has no field "${wanted}"`, wanted, known);
  }
  await printChains(invocation, thing, field, {client, names});
  return EXIT.done;
}

const isCalled = ({id, leafId, label, name}: Row, target: string): boolean =>
  [id, leafId, label, name].includes(target);

/** The nearest of what there is, or all of it. */
function unknownWord(what: string, word: string, known: readonly string[]): CimError {
  const near = nearestNames(word, known);
  const hint = near.length > 0 ? `nearest: ${near.join(', ')}` : `there are ${known.join(', ')}`;
  return new CimError('wrong-usage', `${what}; ${hint}`);
}

async function nearestThings(
  {view, verb}: Noun,
  target: string,
  client: LeafClient,
): Promise<string> {
  const {rows} = await client.query(view, verb);
  const names = readRows(Row, rows).flatMap(({id, leafId, label, name}) =>
    [label ?? name, id, leafId].filter((text) => typeof text === 'string'),
  );
  const near = nearestNames(target, names);
  return near.length === 0 ? '' : `; nearest: ${near.join(', ')}`;
}

interface Told {
  readonly client: LeafClient;
  readonly names: Names;
}

async function printFields(
  {world, globals}: Invocation,
  {id, title, fields}: Thing,
  {client, names}: Told,
): Promise<void> {
  const steps = await readSteps(fields, client);
  if (globals.json) {
    for (const field of fields) {
      world.out(JSON.stringify({id, ...fieldJson(field, steps, names)}));
    }
    return;
  }
  world.out(`${stripControls(title)} (${id})`);
  const lines = fields.map((field) => fieldCells(field, steps, {names, nowMs: world.now()}));
  for (const line of tableLines(['FIELD', 'VALUE', 'SINCE', 'EVENT', 'MADE SO BY'], lines)) {
    world.out(line);
  }
}

type Steps = ReadonlyMap<number, WhyStep>;

/** Each event that set a field, read once. */
async function readSteps(fields: readonly Field[], client: LeafClient): Promise<Steps> {
  const sequences = new Set(
    fields.flatMap(({source}) => (source.kind === 'events' ? source.sequences : [])),
  );
  const read = async (sequence: number): Promise<readonly [number, WhyStep]> => [
    sequence,
    stepOf(sequence, await client.readEvent(sequence)),
  ];
  return new Map(await Promise.all([...sequences].map(read)));
}

function fieldCells(
  {name, value, source}: Field,
  steps: Steps,
  {names, nowMs}: {readonly names: Names; readonly nowMs: number},
): readonly string[] {
  if (source.kind === 'live') {
    const {reading, seenAt} = source;
    const age = seenAt === null ? 'not read yet' : `read ${ageWord(seenAt, nowMs)} ago`;
    const by = `live: ${sourceText(reading)}, by ${LIVE_READER}, ${age}`;
    return [name, valueText(value), '-', '-', by];
  }
  const found = source.sequences.flatMap((sequence) => steps.get(sequence) ?? []);
  const [first] = found;
  if (first === undefined) {
    return [name, valueText(value), '-', '-', NOTHING];
  }
  return [
    name,
    valueText(value),
    timeText(first),
    source.sequences.join(' '),
    found.map((step) => `${stepWords(step, names)}, ${originWords(step)}`).join('; '),
  ];
}

function sourceText(reading: LiveReading): string {
  const {source, detail} = LIVE_SOURCES[reading];
  return `${source} (${detail})`;
}

const NOTHING = 'nothing has set it';

const timeText = ({message}: WhyStep): string =>
  message === null ? '-' : localTime(timeOf(message));

const VALUE_CHARS = 32;

function valueText(value: unknown): string {
  const text =
    typeof value === 'string' ? value : value === null ? '-' : (JSON.stringify(value) ?? '-');
  return text.length > VALUE_CHARS ? `${text.slice(0, VALUE_CHARS - 1)}…` : text;
}

async function printChains(
  {world, globals}: Invocation,
  {id, title}: Thing,
  field: Field,
  {client, names}: Told,
): Promise<void> {
  const {name, value, source} = field;
  if (source.kind === 'live' || source.sequences.length === 0) {
    const [, , , , by = ''] = fieldCells(field, new Map(), {names, nowMs: world.now()});
    world.out(
      globals.json
        ? JSON.stringify({id, ...fieldJson(field, new Map(), names)})
        : `${stripControls(title)}, ${name} ${valueText(value)}: ${by}`,
    );
    return;
  }
  for (const sequence of source.sequences) {
    const chain = await whyChain(client.readEvent, sequence);
    if (globals.json) {
      for (const step of chain) {
        world.out(JSON.stringify({id, field: name, ...stepJson(step, names)}));
      }
    } else {
      const root = rootWords(rootOf(chain));
      world.out(stripControls(`${title}, ${name} ${valueText(value)}: ${root}`));
      for (const line of chain.flatMap((step) => stepLines(step, names))) {
        world.out(stripControls(line));
      }
    }
  }
}

const stepLines = (step: WhyStep, names: Names): readonly string[] => [
  `  ${timeText(step).padEnd(TIME_CHARS)}  event ${step.sequence}  ${stepWords(step, names)}`,
  `  ${''.padEnd(TIME_CHARS)}  ${originWords(step)}`,
];

const TIME_CHARS = 25;

const stepJson = (step: WhyStep, names: Names) => ({
  sequence: step.sequence,
  time: step.message === null ? null : timeOf(step.message),
  type: typeOf(step),
  words: stepWords(step, names),
  origin: step.origin satisfies Origin,
  earlier: step.earlier,
});

const typeOf = ({message}: WhyStep): string | null => {
  switch (message?.kind) {
    case 'event':
      return message.event.type;
    case 'newer':
      return message.envelope.type;
    default:
      return null;
  }
};

function fieldJson({name, value, source}: Field, steps: Steps, names: Names) {
  if (source.kind === 'live') {
    const {reading, seenAt} = source;
    const live = {...LIVE_SOURCES[reading], reader: LIVE_READER, seenAt};
    return {field: name, value, live};
  }
  const found = source.sequences.flatMap((sequence) => steps.get(sequence) ?? []);
  return {field: name, value, events: found.map((step) => stepJson(step, names))};
}
