import {readdirSync, readFileSync} from 'node:fs';

import {Ajv, type ValidateFunction} from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';

import {asyncApiDocument} from '#domain/api/async-api.ts';
import {NAMED_SCHEMAS, wholeSchema} from '#domain/api/json-schema.ts';
import {MESSAGE_TYPES} from '#domain/api/message-types.ts';
import {EVENT_SCHEMAS} from '#domain/catalogue.ts';
import {dataSchemaOf} from '#domain/envelope.ts';
import {Label} from '#domain/text.ts';
import {mutantsOf} from '#test/support/mutants.ts';

const FOLDER = new URL('../../../fixtures/events/', import.meta.url);
const fixtures = readdirSync(FOLDER).map((name) => {
  const body: unknown = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
  return {type: name.replace(/\.json$/, ''), body};
});

const createAjv = (): Ajv => {
  const ajv = new Ajv({strict: false});
  addFormats.default(ajv);
  return ajv;
};

/** Verdict of the published document on a message of a type. */
const published = ((): ((name: string) => ValidateFunction) => {
  const ajv = createAjv();
  // `id` is a word of AsyncAPI's; in JSON Schema it is an old one that ajv refuses.
  const {id: _id, ...document} = asyncApiDocument('1.0.0');
  ajv.addSchema({$id: 'urn:cim:document', ...document});
  const known = new Map<string, ValidateFunction>();
  return (name) => {
    const $ref = `urn:cim:document#/components/messages/${name}/payload`;
    const validate = known.get(name) ?? ajv.compile({$ref});
    known.set(name, validate);
    return validate;
  };
})();

const typeNamed = (name: string) => MESSAGE_TYPES.find((type) => type.name === name);

test.each(fixtures)('the bytes on file of $type fit the published schema', ({type, body}) => {
  const validate = published(type);
  expect([validate(body), validate.errors]).toEqual([true, null]);
  expect(typeNamed(type)?.body.safeParse(body).success).toBe(true);
});

test.each(NAMED_SCHEMAS.map((named) => [named.name, named] as const))(
  'the schema of %s stands alone and fits its examples',
  (name, named) => {
    const schema = wholeSchema(named);
    expect(schema.$id).toBe(dataSchemaOf(name));
    const validate = createAjv().compile(schema);
    for (const example of named.examples) {
      expect([validate(example), validate.errors]).toEqual([true, null]);
    }
  },
);

test('the URI in an event names the schema of its data', () => {
  const names = NAMED_SCHEMAS.map(({name}) => dataSchemaOf(name));
  expect(names).toEqual(expect.arrayContaining(Object.keys(EVENT_SCHEMAS).map(dataSchemaOf)));
});

describe('JSON Schema and the agent', () => {
  it('agree on every message, whole or broken', {timeout: 30_000}, () => {
    const bodies = [
      ...MESSAGE_TYPES.flatMap(({name, examples}) => examples.map(({body}) => ({name, body}))),
      ...fixtures.map(({type, body}) => ({name: type, body})),
    ];
    const mutants = fc
      .constantFrom(...bodies)
      .chain(({name, body}) => fc.record({name: fc.constant(name), body: mutantsOf(body)}))
      .filter(({body}) => !isExcepted(JSON.stringify(body)));
    const seen = {fits: 0, breaks: 0};
    fc.assert(
      fc.property(mutants, ({name, body}) => {
        const verdict = typeNamed(name)?.body.safeParse(body).success;
        seen[verdict ? 'fits' : 'breaks'] += 1;
        expect(published(name)(body)).toBe(verdict);
      }),
      {numRuns: 1000},
    );
    expect(Math.min(seen.fits, seen.breaks)).toBeGreaterThan(100);
  });

  it('agree on every label', {timeout: 30_000}, () => {
    const validate = createAjv().compile(labelSchema());
    const units = fc.constantFrom(
      'a',
      ' ',
      '\u00a0',
      '\u200b',
      '\u202e',
      '\n',
      '\u2028',
      '\u{1f50c}',
    );
    const labels = fc
      .oneof(fc.string({unit: units, maxLength: 45}), fc.string({unit: 'binary', maxLength: 45}))
      .filter((label) => !isExcepted(JSON.stringify(label)));
    fc.assert(
      fc.property(labels, (label) => {
        expect(validate(label)).toBe(Label.safeParse(label).success);
      }),
      {numRuns: 500},
    );
  });

  // What JSON Schema has no portable word for.
  it.each([
    [
      'half a pair of surrogates: where pairs are two characters, a class of halves refuses them',
      '\ud83d',
    ],
    ['only invisible characters: not every dialect has a class of them', '\u200b'],
  ])('cannot agree on a label of %s', (_, label) => {
    expect([createAjv().compile(labelSchema())(label), Label.safeParse(label).success]).toEqual([
      true,
      false,
    ]);
    expect(isExcepted(JSON.stringify(label))).toBe(true);
  });
});

function labelSchema(): object {
  const {components} = asyncApiDocument('1.0.0') as {components: {schemas: {Label: object}}};
  return components.schemas.Label;
}

/** Texts that the exceptions are about, and a key that every object of JavaScript has. */
const isExcepted = (json: string): boolean =>
  json.includes('"__proto__"') || /\\ud[89a-f]/.test(json) || /"[\p{Cf}\s]+"/u.test(json);
