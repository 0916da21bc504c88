import fc from 'fast-check';
import {expect, test} from 'vitest';

import {idFromToken, tokenFromId} from '#domain/ids.ts';
import {matchesSubject} from '#drivers/memory-bus/subject-match.ts';

/** Any string at all, lone surrogates too, rich in what subjects treat specially. */
const anyId = fc.oneof(
  fc.string(),
  fc.string({unit: 'binary'}),
  fc.string({unit: fc.constantFrom('.', '*', '>', ' ', '=', '0', 'a', 'é', '秤', '\n', '\ud800')}),
);

test('an id comes back from its token', () => {
  fc.assert(
    fc.property(anyId, (id) => {
      expect(idFromToken(tokenFromId(id))).toBe(id);
    }),
  );
});

test('two ids never share a token', () => {
  fc.assert(
    fc.property(anyId, anyId, (one, other) => {
      expect(tokenFromId(one) === tokenFromId(other)).toBe(one === other);
    }),
  );
});

test('a token is one token of a subject, whatever the id', () => {
  fc.assert(
    fc.property(anyId, (id) => {
      expect(tokenFromId(id)).toMatch(/^[A-Za-z0-9_=-]+$/);
      expect(matchesSubject('cim.*.x', `cim.${tokenFromId(id)}.x`)).toBe(true);
    }),
  );
});

test('what no id gives is no token', () => {
  fc.assert(
    fc.property(anyId, (text) => {
      const id = idFromToken(text);
      expect(id === undefined || tokenFromId(id) === text).toBe(true);
    }),
  );
  for (const token of ['', 'a.b', '=2e', '=0061', 'a=', '==', '=002E']) {
    expect([token, idFromToken(token)]).toEqual([token, undefined]);
  }
});
