import fc from 'fast-check';
import {expect, it} from 'vitest';

import {type Edit, editText, insertText, textInput} from '#store/text-input.ts';

const at = (text: string, caret: number) => ({text, caret});

it.each<[Edit, ReturnType<typeof at>, ReturnType<typeof at>]>([
  ['left', at('añb', 3), at('añb', 2)],
  ['left', at('ab', 0), at('ab', 0)],
  ['right', at('ab', 1), at('ab', 2)],
  ['right', at('ab', 2), at('ab', 2)],
  ['start', at('ab', 2), at('ab', 0)],
  ['end', at('a😀', 0), at('a😀', 2)],
  ['erase', at('a😀b', 2), at('ab', 1)],
  ['erase', at('ab', 0), at('ab', 0)],
  ['delete', at('a😀b', 1), at('ab', 1)],
  ['erase-to-start', at('abc', 2), at('c', 0)],
  ['erase-to-end', at('abc', 2), at('ab', 2)],
  ['erase-word', at('one two ', 8), at('one ', 4)],
  ['erase-word', at('one two three', 7), at('one  three', 4)],
])('%s turns %j into %j', (edit, before, after) => {
  expect(editText(before, edit)).toEqual(after);
});

it('puts text in at the caret, pasted lines as one', () => {
  expect(insertText(at('ac', 1), 'b')).toEqual(at('abc', 2));
  expect(insertText(at('', 0), 'one\r\ntwo\tthree')).toEqual(at('one two three', 13));
});

it('ends at a length that no label reaches', () => {
  expect([...insertText(textInput(''), 'x'.repeat(9_000)).text]).toHaveLength(512);
});

it('keeps its caret inside the text whatever is done', () => {
  const edit = fc.constantFrom<Edit>(
    'left',
    'right',
    'erase',
    'delete',
    'erase-word',
    'start',
    'end',
  );
  fc.assert(
    fc.property(fc.string({unit: 'grapheme'}), fc.array(edit), (text, edits) => {
      const {text: end, caret} = edits.reduce(editText, textInput(text));
      expect(caret).toBeGreaterThanOrEqual(0);
      expect(caret).toBeLessThanOrEqual([...end].length);
    }),
  );
});
