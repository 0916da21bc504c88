import type {z} from 'zod';

import {type JsonSchema, jsonSchemaOf, NAMED_SCHEMAS, nodeOf} from '#domain/api/json-schema.ts';
import type {MessageKind} from '#domain/api/message-type.ts';
import {MESSAGE_TYPES} from '#domain/api/message-types.ts';
import {Answer, CommandRequest} from '#domain/command.ts';
import {Envelope} from '#domain/envelope.ts';
import {ERROR_TEXTS} from '#domain/errors.ts';
import {
  EventHeaders,
  RefusalHeaders,
  RepublishedHeaders,
  SnapshotHeaders,
} from '#domain/headers.ts';
import {QueryPage, QueryRequest} from '#domain/query.ts';

import {fieldTable, table} from './field-table.ts';
import {addressWords, json} from './message-page.ts';

const INTRODUCTION = `# Messages

Everything on the wire of a leaf. These pages, \`asyncapi.json\` beside them, the types of the program and the checks at each of its borders come from the same schemas. \`npm run messages\` renews them; a test fails when they are behind.

\`\`\`sh
cim-tui api                             # the AsyncAPI document of your version
cim-tui api schema                      # the names of all messages
cim-tui api schema cim.port.labelled.v1 # JSON Schema of one
cim-tui api check FILE                  # are these messages right? (-: stdin)
\`\`\`

## How to read

- \`L\` is the leaf id; what stands in \`<>\` in a subject is an id as a token: letters, digits, \`_\` and \`-\` as they are, any other UTF-16 unit as \`=hhhh\`. \`<actor>\` is your login name: the server lets you use no other.
- A \`?\` behind a field: it may be left out. \`a[].b\`: \`b\` of each in the list \`a\`; \`a.*.b\`: of each value in \`a\`.
- Fields that are not listed are passed over, and kept where a message is passed on: a newer version may have more. Only a query refuses them.
- An integer never leaves the range that JavaScript counts exactly. Bodies are JSON in UTF-8, but for parts of a snapshot.
- The examples tell one story: leaf \`7fq2k13\` in hall 3, where anna labels the socket of a serial adapter and binds the role of a scale to it. A test asks the program's own rules for the same answers.`;

const KINDS: Readonly<Partial<Record<MessageKind, string>>> = {
  event:
    'Events: stored, in one order; each is sent again under `cim.L.live.events.…` once it is stored',
  command: 'Commands: asked and answered',
  query: 'Queries: asked and answered',
  live: 'Live: not stored, nobody waits for them',
  state: 'State: rows of the KV bucket `cim_state_L`, derived from the events',
};

/** The page that the others lead to: subjects, what messages share, refusals, shapes. */
export const messageIndex = (): string =>
  [
    INTRODUCTION,
    '## Subjects',
    ...Object.entries(KINDS).flatMap(([kind, words]) => [
      `${words}.`,
      table(
        ['message', 'subject', 'what'],
        MESSAGE_TYPES.filter((type) => type.kind === kind).map(({name, page, address, summary}) => [
          `[${name}](${page}.md#${anchorOf(name)})`,
          `\`${addressWords(address ?? '')}\``,
          summary,
        ]),
      ),
    ]),
    '## Event',
    'A CloudEvent 1.0; what its `data` holds stands on the pages. Extensions are left out when there is nothing to say.',
    tableOf(Envelope),
    json(MESSAGE_TYPES.find(({name}) => name === 'cim.port.labelled.v1')?.examples[0]?.body),
    'Its NATS headers:',
    tableOf(EventHeaders),
    `Sent on by the server it has besides: ${Object.keys(RepublishedHeaders.shape)
      .filter((name) => !Object.hasOwn(EventHeaders.shape, name))
      .map((name) => `\`${name}\``)
      .join(', ')}.`,
    '## Command',
    'The request; what its `data` holds stands on the pages.',
    tableOf(CommandRequest),
    '## Answer',
    'To a command; a query that is refused gets one, too.',
    tableOf(Answer),
    'A refusal over NATS has headers as well:',
    tableOf(RefusalHeaders),
    '## Query',
    'The request; an empty body asks for everything.',
    tableOf(QueryRequest),
    'Its answer, a page of rows; what a row holds stands on the pages.',
    tableOf(QueryPage),
    'Each part of a snapshot has headers:',
    tableOf(SnapshotHeaders),
    '## Refusals',
    table(
      ['code', 'sentence', 'what to do'],
      Object.entries(ERROR_TEXTS).map(([code, {sentence, remedy}]) => [
        `\`${code}\``,
        sentence,
        remedy,
      ]),
    ),
    '## Shapes',
    'What several messages hold.',
    ...shapes().flatMap(([name, schema, root]) => [
      `### ${name}`,
      `${upper(String(schema.description ?? ''))}.`,
      fieldTable(root, '', schema),
    ]),
  ].join('\n\n');

/** As GitHub makes it of a heading. */
const anchorOf = (heading: string): string => heading.toLowerCase().replaceAll('.', '');

const tableOf = (schema: z.ZodType): string => fieldTable(jsonSchemaOf(schema), '');

const upper = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** Every definition of any message, by name, each with a document that it can be read in. */
function shapes(): readonly (readonly [string, JsonSchema, JsonSchema])[] {
  const found = new Map<string, readonly [JsonSchema, JsonSchema]>();
  for (const {schema} of NAMED_SCHEMAS) {
    const root = jsonSchemaOf(schema);
    for (const [name, shape] of Object.entries(nodeOf(root.definitions))) {
      found.set(name, [nodeOf(shape), root]);
    }
  }
  return [...found]
    .map(([name, [shape, root]]) => [name, shape, root] as const)
    .sort(([a], [b]) => a.localeCompare(b));
}
