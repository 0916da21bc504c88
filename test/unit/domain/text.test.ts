import {describe, expect, it} from 'vitest';

import {Label, stripControls} from '#domain/text.ts';

const issueOf = (text: string) => Label.safeParse(text).error?.issues[0]?.message;

describe('a label', () => {
  it.each([
    ['USB 3', undefined],
    ['Wägezelle 秤', undefined],
    ['👩‍🔧', undefined],
    ['', 'empty'],
    ['\u200b', 'empty'],
    ['\ufeff\u2060', 'empty'],
    ['a ', 'space-at-ends'],
    ['a\u2028b', 'control-characters'],
    ['a\ud800', 'control-characters'],
    ['a\u202eb', 'control-characters'],
    ['x'.repeat(41), 'too-long'],
  ])('%j: %s', (text, issue) => {
    expect(issueOf(text)).toBe(issue);
  });

  it('is shown without what could break the line or turn it round', () => {
    expect(stripControls('a\u0007b\u2029c\ud800d\u202ee')).toBe('abcde');
  });
});
