import {COMMAND_VERBS} from '#cli/command-verbs.ts';
import {usageOf} from '#cli/help.ts';
import {wordsOfCommand} from '#domain/api/async-api.ts';
import {jsonSchemaOf, nodeOf} from '#domain/api/json-schema.ts';
import type {MessageKind, MessageType} from '#domain/api/message-type.ts';
import {MESSAGE_TYPES} from '#domain/api/message-types.ts';
import type {CommandDescriptor} from '#domain/command.ts';

import {fieldTable} from './field-table.ts';

/** Where shapes with a name, envelope, request and answer are described. */
const SHAPES = 'README.md';

const HEADINGS: Readonly<Partial<Record<MessageKind, string>>> = {
  event: 'Events',
  command: 'Commands',
  query: 'Queries',
  live: 'Live',
  state: 'State',
};

/** The page of an aggregate: everything on the wire that is about it. */
export const messagePage = (page: string, words: string): string =>
  [
    `# ${page}`,
    `${words} How to read this page: [README](${SHAPES}).`,
    ...Object.entries(HEADINGS).flatMap(([kind, heading]) => {
      const types = MESSAGE_TYPES.filter((type) => type.page === page && type.kind === kind);
      return types.length === 0 ? [] : [`## ${heading}`, ...types.flatMap(sectionOf)];
    }),
  ].join('\n\n');

/** An address as people write it: `cim.L.events.port.PORT-ID.labelled`. */
export const addressWords = (address: string): string =>
  address
    .replaceAll('{leafId}', 'L')
    .replace(
      /\{([a-z]+)([A-Z][a-z]*)?\}/g,
      (_, first: string, second = '') =>
        `<${first}${second === '' ? '' : ` ${String(second).toLowerCase()}`}>`,
    );

function sectionOf(type: MessageType): readonly string[] {
  const {kind, name, summary, address} = type;
  const head = [`### ${name}`, summary, `Subject \`${addressWords(address ?? '')}\`.`];
  switch (kind) {
    case 'event':
      return [...head, fieldTable(jsonSchemaOf(type.schema), SHAPES), json(dataOf(type))];
    case 'command':
      return [...head, ...commandParts(type)];
    case 'query':
      return [...head, ...queryParts(type)];
    default:
      return [...head, fieldTable(jsonSchemaOf(type.body), SHAPES), ...examplesOf(type)];
  }
}

function commandParts(type: MessageType): readonly string[] {
  const {command, reply} = type;
  if (command === null) {
    return [];
  }
  const {data} = nodeOf(jsonSchemaOf(type.body).properties);
  const fields = nodeOf(data).properties;
  const hasData = Object.keys(nodeOf(fields)).length > 0;
  return [
    `In the shell: \`${shellLine(command)}\``,
    wordsOfCommand(command),
    hasData ? `In \`data\`:\n\n${fieldTable(jsonSchemaOf(command.schema), SHAPES)}` : 'No `data`.',
    ...examplesOf(type),
    ...MESSAGE_TYPES.filter(({name}) => name === reply).flatMap(examplesOf),
  ];
}

function shellLine(command: CommandDescriptor): string {
  const verb = COMMAND_VERBS.find(
    ({path: [aggregate, name]}) => aggregate === command.aggregate && name === command.verb,
  );
  const options = verb?.options.map(
    ({name, value}) => `[--${name}${value === undefined ? '' : ` ${value}`}]`,
  );
  return ['cim-tui', verb === undefined ? '' : usageOf(verb), ...(options ?? [])].join(' ');
}

function queryParts(type: MessageType): readonly string[] {
  const [reply] = MESSAGE_TYPES.filter(({name}) => name === type.reply);
  if (reply === undefined) {
    return [];
  }
  const schema = jsonSchemaOf(reply.body);
  const row = nodeOf(nodeOf(nodeOf(schema.properties).rows).items);
  const isPage = Object.keys(row).length > 0;
  return [
    isPage ? 'Of a row:' : reply.summary,
    fieldTable(schema, SHAPES, isPage ? row : schema),
    ...examplesOf(type),
    ...examplesOf(reply),
  ];
}

const examplesOf = ({kind, examples}: MessageType): readonly string[] =>
  examples.map(({name, body}) => {
    const words =
      kind === 'live' || kind === 'state' ? 'Example' : sentenceStart(EXAMPLE_WORDS[name] ?? name);
    return `${words}:\n\n${json(body)}`;
  });

const EXAMPLE_WORDS: Readonly<Record<string, string>> = {
  accepted: 'answer, accepted',
  refused: 'answer, refused',
  page: 'answer',
  unpacked: 'joined and unpacked',
};

const sentenceStart = (words: string): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

const dataOf = ({examples}: MessageType): unknown => nodeOf(examples[0]?.body).data;

/** JSON as a block. */
export const json = (value: unknown): string =>
  `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
