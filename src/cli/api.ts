import type {Verb} from './verb.ts';

// What they print is loaded when it is asked for, all of it as one part of the bundle.

const schema: Verb = {
  path: ['api', 'schema'],
  summary: 'JSON Schema of one message, or without TYPE the names of all',
  words: [{name: 'TYPE', isOptional: true}],
  options: [],
  run: async (invocation) => (await import('./api-print.ts')).printSchema(invocation),
};

const check: Verb = {
  path: ['api', 'check'],
  summary: 'messages in a file (-: stdin), each held against its schema',
  words: [{name: 'FILE'}],
  options: [{name: 'as', value: 'TYPE', summary: 'what they are, where they do not say it'}],
  run: async (invocation) => (await import('./api-print.ts')).checkFile(invocation),
};

const api: Verb = {
  path: ['api'],
  summary: 'everything on the wire, as an AsyncAPI document',
  words: [],
  options: [],
  run: async (invocation) => (await import('./api-print.ts')).printDocument(invocation),
};

/** What is on the wire, without a leaf: longer words first, as the first that fits is run. */
export const API_VERBS: readonly Verb[] = [schema, check, api];
