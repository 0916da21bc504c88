import {z} from 'zod';

import {Answer} from '../command.ts';
import {dataSchemaOf, Envelope} from '../envelope.ts';
import {MESSAGE_TYPES} from './message-types.ts';

/** A node of JSON Schema, draft 7: the dialect that AsyncAPI has by default. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** Every schema that has a name, with examples of what it describes. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly summary: string;
  readonly examples: readonly unknown[];
}

/** The envelope, the answer, and the schema of every message, by the name that `api schema` takes. */
export const NAMED_SCHEMAS: readonly NamedSchema[] = [
  {
    name: 'event',
    schema: Envelope,
    summary: 'What every event has around its data: a CloudEvent 1.0.',
    examples: [],
  },
  {name: 'answer', schema: Answer, summary: 'What a command is answered with.', examples: []},
  ...MESSAGE_TYPES.map(({kind, name, schema, summary, examples}) => ({
    name,
    schema,
    summary,
    examples: examples.map(({body}) => (kind === 'event' ? nodeOf(body).data : body)),
  })),
];

/** A schema on its own, with its URI and examples: what `api schema TYPE` prints. */
export function wholeSchema({name, schema, summary, examples}: NamedSchema): JsonSchema {
  const {definitions, ...root} = jsonSchemaOf(schema);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: dataSchemaOf(name),
    title: name,
    ...root,
    description: summary,
    ...(examples.length === 0 ? {} : {examples}),
    ...(definitions === undefined ? {} : {definitions}),
  };
}

/** Schemas by name, and all that they share beside them, each `$ref` below `#/components/schemas`. */
export function componentSchemas(
  schemas: Readonly<Record<string, z.ZodType>>,
): Readonly<Record<string, JsonSchema>> {
  const components: Record<string, JsonSchema> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const {$schema: _, definitions = {}, ...root} = convert(schema, '#/components/schemas/');
    Object.assign(components, definitions, {[name]: root});
  }
  return components;
}

/** What a sender may write, as JSON Schema; schemas with a name of their own are definitions. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const {$schema: _, $ref, definitions, ...rest} = convert(schema, DEFINITIONS);
  if (typeof $ref !== 'string') {
    return definitions === undefined ? rest : {...rest, definitions};
  }
  const {[$ref.slice(DEFINITIONS.length)]: own, ...others} = nodeOf(definitions);
  return {...nodeOf(own), ...(Object.keys(others).length === 0 ? {} : {definitions: others})};
}

/** The node that a `$ref` into the same document means. */
export const followRef = (root: JsonSchema, ref: string): JsonSchema =>
  ref
    .slice('#/'.length)
    .split('/')
    .reduce((node, key) => nodeOf(node[key]), root);

/** A value as a node; what is no object has no keywords. */
export function nodeOf(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null ? {...value} : {};
}

const DEFINITIONS = '#/definitions/';

const convert = (schema: z.ZodType, refs: string): JsonSchema =>
  nodeOf(tidy(z.toJSONSchema(schema, {target: 'draft-7', io: 'input'}), refs));

/** The same schema with its references elsewhere, and without words that say nothing. */
function tidy(value: unknown, refs: string): unknown {
  if (Array.isArray(value)) {
    return value.map((inner) => tidy(inner, refs));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    if (key === '$ref' && typeof inner === 'string') {
      return [[key, inner.replace(DEFINITIONS, refs)] as const];
    }
    return key === 'propertyNames' ? [] : [[key, tidy(inner, refs)] as const];
  });
  const [first, second] = entries;
  const isMereRef = first?.[0] === 'allOf' && second === undefined && Array.isArray(first[1]);
  return isMereRef && first[1].length === 1 ? first[1][0] : Object.fromEntries(entries);
}
