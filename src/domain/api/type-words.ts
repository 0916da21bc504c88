import {followRef, type JsonSchema, nodeOf} from './json-schema.ts';

/** How schemas that have a name of their own are said; without it, what they are. */
export type NameOf = (definition: string) => string;

/** What a node of JSON Schema allows, in words: `text or null`, `one of in, out, both`. */
export const typeWords = (node: JsonSchema, root: JsonSchema, nameOf?: NameOf): string =>
  [...new Set(choicesOf(node, {root, nameOf}))].join(' or ');

/** The nodes behind one: references followed, choices apart. */
export function variantsOf(node: JsonSchema, root: JsonSchema): readonly JsonSchema[] {
  if (typeof node.$ref === 'string') {
    return variantsOf(followRef(root, node.$ref), root);
  }
  const choices =
    node.type === undefined ? [node.anyOf, node.oneOf, node.allOf].find(Array.isArray) : undefined;
  return choices === undefined
    ? [node]
    : choices.flatMap((choice) => variantsOf(nodeOf(choice), root));
}

interface Scope {
  readonly root: JsonSchema;
  readonly nameOf: NameOf | undefined;
}

function choicesOf(node: JsonSchema, scope: Scope): readonly string[] {
  const {$ref, type} = node;
  if (typeof $ref === 'string') {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    return scope.nameOf === undefined
      ? choicesOf(followRef(scope.root, $ref), scope)
      : [scope.nameOf(name)];
  }
  if (node.const !== undefined) {
    return [JSON.stringify(node.const)];
  }
  if (Array.isArray(node.enum)) {
    return [`one of ${node.enum.join(', ')}`];
  }
  const choices =
    type === undefined ? [node.anyOf, node.oneOf, node.allOf].find(Array.isArray) : undefined;
  if (choices !== undefined) {
    return choices.flatMap((choice) => choicesOf(nodeOf(choice), scope));
  }
  return type === undefined
    ? [ANYTHING]
    : [type].flat().map((word) => wordsOfType(word, node, scope));
}

function wordsOfType(type: unknown, node: JsonSchema, scope: Scope): string {
  switch (type) {
    case 'string':
      return wordsOfText(node);
    case 'integer':
    case 'number':
      return `a ${type === 'integer' ? 'whole number' : 'number'}${wordsOfRange(node)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list of ${severalWords(innerWords(node.items, scope))}`;
    case 'object': {
      const each = innerWords(node.additionalProperties, scope);
      return each === ANYTHING ? 'an object' : `an object, each value ${each}`;
    }
    default:
      return String(type);
  }
}

const innerWords = (inner: unknown, {root, nameOf}: Scope): string =>
  typeWords(nodeOf(inner), root, nameOf);

const severalWords = (words: string): string =>
  words === 'an object' ? 'objects' : words.replace(/^(?:an? |one of )/, '');

const ANYTHING = 'anything';

/** Patterns longer than this say nothing to a reader. */
const READABLE = 60;

function wordsOfText({format, pattern, minLength, maxLength}: JsonSchema): string {
  if (format === 'uuid') {
    return 'a UUID';
  }
  if (format === 'date-time') {
    const isExact = String(pattern).includes('\\.\\d{3}');
    return isExact
      ? 'a UTC time with milliseconds, e.g. 2026-11-23T08:00:00.000Z'
      : 'a UTC time, e.g. 2026-11-23T08:00:00Z';
  }
  if (typeof pattern === 'string' && pattern.length <= READABLE) {
    return `text that fits ${pattern}`;
  }
  const least = minLength === undefined ? '' : ' that is not empty';
  return maxLength === undefined ? `text${least}` : `text of at most ${maxLength} characters`;
}

function wordsOfRange({minimum, exclusiveMinimum, maximum}: JsonSchema): string {
  const least = typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : minimum;
  const from = least === undefined || least === Number.MIN_SAFE_INTEGER ? '' : ` from ${least}`;
  return maximum === undefined || maximum === Number.MAX_SAFE_INTEGER
    ? from
    : `${from} to ${maximum}`;
}
