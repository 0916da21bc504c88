import type {z} from 'zod';

import {COMMAND_MESSAGES} from '#domain/api/command-messages.ts';
import {EVENT_MESSAGES} from '#domain/api/event-messages.ts';
import {componentSchemas, type JsonSchema, nodeOf} from '#domain/api/json-schema.ts';
import {LIVE_MESSAGES} from '#domain/api/live-messages.ts';
import {Answer} from '#domain/command.ts';
import {Envelope} from '#domain/envelope.ts';
import {QUERY_DESCRIPTORS} from '#domain/queries.ts';
import {Snapshot} from '#domain/snapshot.ts';

interface Group {
  readonly name: string;
  readonly words: string;
  readonly members: Readonly<Record<string, z.ZodType>>;
}

const GROUPS: readonly Group[] = [
  {
    name: 'Commands',
    words: 'What each command takes beside its target.',
    members: Object.fromEntries(
      COMMAND_MESSAGES.flatMap(({command}) =>
        command === null ? [] : [[`${command.aggregate}.${command.verb}`, command.schema]],
      ),
    ),
  },
  {
    name: 'Rows',
    words: 'A row of the answer to each query.',
    members: Object.fromEntries(
      QUERY_DESCRIPTORS.map(({view, verb, row}) => [`${view}.${verb}`, row]),
    ),
  },
  {
    name: 'Events',
    words: 'The data of each type of event.',
    members: Object.fromEntries(EVENT_MESSAGES.map(({name, schema}) => [name, schema])),
  },
  {
    name: 'Live',
    words: 'What is sent live and not stored, by kind.',
    members: Object.fromEntries(
      LIVE_MESSAGES.map(({name, schema}) => [name.slice('live.'.length), schema]),
    ),
  },
];

const SINGLE = {State: Snapshot, Envelope, Answer};

/** The types of all messages as TypeScript that needs nothing else: src/client/messages.d.mts. */
export function typeDeclarations(): string {
  const {State, Envelope: envelope, Answer: answer, ...shared} = componentSchemas(SINGLE);
  const groups = GROUPS.map((group) => ({...group, nodes: componentSchemas(group.members)}));
  const named = groups.flatMap(({members, nodes}) =>
    Object.entries(nodes).filter(([name]) => !Object.hasOwn(members, name)),
  );
  const types = {
    Answer: answer,
    Envelope: envelope,
    State,
    ...shared,
    ...Object.fromEntries(named),
  };
  return [
    '// Made by `npm run messages` from the schemas in src/domain: not to be edited.\n',
    ...groups.map(({name, words, members, nodes}) => {
      const fields = Object.keys(members).map((key) => fieldLines(key, nodeOf(nodes[key]), true));
      return `/** ${words} */\nexport interface ${name} {\n${fields.join('')}}\n`;
    }),
    ...Object.entries(types).map(
      ([name, node]) =>
        `${commentLine(node, '')}export type ${name} = ${typeOf(nodeOf(node), '')};\n`,
    ),
  ].join('\n');
}

function fieldLines(key: string, node: JsonSchema, isRequired: boolean, indent = '  '): string {
  const name = /^[a-zA-Z_]\w*$/.test(key) ? key : `'${key}'`;
  const [mark, none] = isRequired ? ['', ''] : ['?', ' | undefined'];
  const type = `${typeOf(node, indent)}${none}`;
  return `${commentLine(node, indent)}${indent}readonly ${name}${mark}: ${type};\n`;
}

const commentLine = (node: JsonSchema | undefined, indent: string): string =>
  typeof node?.description === 'string' ? `${indent}/** ${node.description} */\n` : '';

function typeOf(node: JsonSchema, indent: string): string {
  const {$ref, allOf, anyOf, oneOf, const: only, enum: values, type} = node;
  if (typeof $ref === 'string') {
    return $ref.replace('#/components/schemas/', '');
  }
  // Which fields of an object exclude each other is said in words.
  const several = node.properties === undefined ? (anyOf ?? oneOf ?? allOf) : undefined;
  if (Array.isArray(several)) {
    const types = several.map((inner) => typeOf(nodeOf(inner), indent));
    return [...new Set(types)].join(allOf === undefined ? ' | ' : ' & ');
  }
  if (only !== undefined) {
    return JSON.stringify(only);
  }
  if (Array.isArray(values)) {
    return values.map((value) => JSON.stringify(value)).join(' | ');
  }
  return [type]
    .flat()
    .map((word) => plainType(String(word), node, indent))
    .join(' | ');
}

function plainType(word: string, node: JsonSchema, indent: string): string {
  switch (word) {
    case 'integer':
      return 'number';
    case 'array':
      return `ReadonlyArray<${typeOf(nodeOf(node.items), indent)}>`;
    case 'object':
      return objectType(node, indent);
    default:
      return ['string', 'number', 'boolean', 'null'].includes(word) ? word : 'unknown';
  }
}

function objectType({properties, required, additionalProperties}: JsonSchema, indent: string) {
  const wanted = [required].flat();
  const fields = Object.entries(nodeOf(properties)).map(([key, inner]) =>
    fieldLines(key, nodeOf(inner), wanted.includes(key), `${indent}  `),
  );
  if (fields.length > 0) {
    return `{\n${fields.join('')}${indent}}`;
  }
  const isRecord = typeof additionalProperties === 'object';
  return `Readonly<Record<string, ${isRecord ? typeOf(nodeOf(additionalProperties), indent) : 'never'}>>`;
}
