import {existsSync, readFileSync} from 'node:fs';

import {Ajv} from 'ajv';
import addFormats from 'ajv-formats';
import {expect, test} from 'vitest';

import {asyncApiDocument} from '#domain/api/async-api.ts';

const SCHEMA = new URL('../../../shared/corpus/schemas/asyncapi-3.0.0.json', import.meta.url);

test('our document is one of AsyncAPI 3.0.0, by its own schema', ({skip}) => {
  if (!existsSync(SCHEMA)) skip('the corpus is not here: there is no schema to hold it against');
  const ajv = new Ajv({strict: false});
  addFormats.default(ajv);
  const isValid = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));
  const document = asyncApiDocument('1.0.0');
  expect([isValid(document), isValid.errors]).toEqual([true, null]);
  expect(isValid({...document, operations: {'port.label': {action: 'ask'}}})).toBe(false);
});
