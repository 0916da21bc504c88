import type {z} from 'zod';

import {ERROR_TEXTS, isErrorCode} from '../errors.ts';
import {nearestName} from '../nearest.ts';
import {type JsonSchema, jsonSchemaOf, nodeOf} from './json-schema.ts';
import {typeWords, variantsOf} from './type-words.ts';

/** One thing that is wrong with a message, in words. */
export interface Mistake {
  /** `data.functions.0.class`; empty: the message itself. */
  readonly path: string;
  readonly message: string;
}

type Path = readonly PropertyKey[];

/** What keeps a value from fitting a schema; nothing: it fits. */
export function mistakesOf(schema: z.ZodType, value: unknown): readonly Mistake[] {
  const read = schema.safeParse(value);
  if (read.success) {
    return [];
  }
  const root = jsonSchemaOf(schema);
  return read.error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: wordsOfIssue(issue, root, value),
  }));
}

/** Names of a value that the schema does not know: they are passed over, and may be misspelt. */
export function notesOn(schema: z.ZodType, value: unknown): readonly Mistake[] {
  const root = jsonSchemaOf(schema);
  return unknownNames([root], root, value, []);
}

function wordsOfIssue(issue: z.core.$ZodIssue, root: JsonSchema, value: unknown): string {
  const seen = valueAt(value, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys
        .map((key) => `"${key}" is not known here${nearAmong(key, namesAt(root, issue.path))}`)
        .join('; ');
    case 'custom':
      return wordsOfRule(issue.message);
    default: {
      const expected = expectedAt(root, issue.path);
      return seen === undefined
        ? `is missing: must be ${expected}${misspelt(root, value, issue.path)}`
        : `must be ${expected}, is ${wordsOfValue(seen)}`;
    }
  }
}

/** A rule that says its refusal's code has the sentence people know it by. */
function wordsOfRule(message: string): string {
  const code = [message, `${message}-label`].find(isErrorCode);
  return code === undefined ? message : ERROR_TEXTS[code].sentence;
}

const LONGEST_SHOWN = 60;

function wordsOfValue(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (typeof value === 'object' && value !== null) {
    return 'an object';
  }
  const json = JSON.stringify(value);
  return json.length <= LONGEST_SHOWN ? json : `${json.slice(0, LONGEST_SHOWN)}…`;
}

/** A name beside a missing one that nobody knows is likely meant to be it. */
function misspelt(root: JsonSchema, value: unknown, path: Path): string {
  const parent = path.slice(0, -1);
  const known = namesAt(root, parent);
  const strange = Object.keys(nodeOf(valueAt(value, parent))).filter((key) => !known.includes(key));
  const meant = nearestName(String(path.at(-1)), strange);
  return meant === undefined ? '' : `; "${meant}" may be meant`;
}

const nearAmong = (word: string, names: readonly string[]): string => {
  const near = nearestName(word, names);
  return near === undefined ? '' : `; the nearest is "${near}"`;
};

const expectedAt = (root: JsonSchema, path: Path): string => {
  const words = nodesAt(root, path).map((node) => typeWords(node, root));
  return [...new Set(words)].join(' or ');
};

const namesAt = (root: JsonSchema, path: Path): readonly string[] => [
  ...new Set(nodesAt(root, path).flatMap((node) => Object.keys(nodeOf(node.properties)))),
];

/** Every node of the schema that may say something of a place. */
const nodesAt = (root: JsonSchema, path: Path): readonly JsonSchema[] =>
  path.reduce<readonly JsonSchema[]>(
    (nodes, key) => nodes.flatMap((node) => stepInto(node, String(key), root)),
    variantsOf(root, root),
  );

function stepInto(node: JsonSchema, key: string, root: JsonSchema): readonly JsonSchema[] {
  const properties = nodeOf(node.properties);
  const inner = Object.hasOwn(properties, key)
    ? properties[key]
    : (node.items ?? node.additionalProperties);
  return inner === undefined ? [] : variantsOf(nodeOf(inner), root);
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => nodeOf(inner)[String(key)], value);

function unknownNames(
  nodes: readonly JsonSchema[],
  root: JsonSchema,
  value: unknown,
  path: Path,
): readonly Mistake[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const names = [...new Set(nodes.flatMap((node) => Object.keys(nodeOf(node.properties))))];
  return Object.entries(value).flatMap(([key, inner]) => {
    const next = nodes.flatMap((node) => stepInto(node, key, root));
    const at = [...path, key];
    return next.length > 0 || names.length === 0
      ? unknownNames(next, root, inner, at)
      : [{path: at.join('.'), message: `is not known and is passed over${nearAmong(key, names)}`}];
  });
}
