import fc from 'fast-check';
import {describe, expect, it} from 'vitest';

import {completeCommandLine, quoteWord, splitCommandLine} from '#cli/command-line.ts';
import {VERBS} from '#cli/run.ts';

describe('a typed line', () => {
  it.each([
    ['port label "USB 3" left', ['port', 'label', 'USB 3', 'left']],
    ['a \'b c\' d"e f"g', ['a', 'b c', 'de fg']],
    ['  port   list ', ['port', 'list']],
    ['label "open', ['label', 'open']],
    ['', []],
  ])('%j is %j', (line, words) => {
    expect(splitCommandLine(line)).toEqual(words);
  });

  it('gives back any word that was quoted', () => {
    const word = fc.string({minLength: 1}).filter((text) => !/"/.test(text) || !/'/.test(text));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(splitCommandLine(words.map(quoteWord).join(' '))).toEqual(words);
      }),
    );
  });
});

describe('completion', () => {
  const complete = (line: string) => completeCommandLine(line, VERBS, ['USB 3', 'eth0']);

  it.each([
    ['po', ['port']],
    ['port l', ['list', 'label']],
    ['port label ', ['"USB 3"', 'eth0']],
    ['port label U', ['"USB 3"']],
    ['port label "U', ['"USB 3"']],
    ['port list --cl', ['--class']],
    ['nonsense ', []],
  ])('of %j is %j', (line, expected) => {
    expect(complete(line)).toEqual(expected);
  });
});
