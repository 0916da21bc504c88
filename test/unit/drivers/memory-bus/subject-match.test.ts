import {expect, test} from 'vitest';

import {matchesSubject} from '#drivers/memory-bus/subject-match.ts';

test.each([
  ['a.b', 'a.b', true],
  ['a.b', 'a.b.c', false],
  ['a.b.c', 'a.b', false],
  ['a.*', 'a.b', true],
  ['a.*', 'a.b.c', false],
  ['*.b', 'a.b', true],
  ['a.>', 'a', false],
  ['a.>', 'a.b', true],
  ['a.>', 'a.b.c', true],
  ['>', 'a.b', true],
  ['a.>.c', 'a.b.c', false],
])('%s and %s: %s', (pattern, subject, isMatch) => {
  expect(matchesSubject(pattern, subject)).toBe(isMatch);
});
