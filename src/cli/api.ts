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
export const API_VERBS: readonly Verb[] = [schema, api];

const printJson = ({world, globals}: Invocation, value: unknown): void =>
  world.out(JSON.stringify(value, null, globals.json ? undefined : 2));
