import type {TextInput} from './overlay.ts';

/** Longest text a prompt takes, in code points: more than any label, so that its refusal is seen. */
const TEXT_MAX = 512;

/** A text with the caret behind it. */
export const textInput = (text: string): TextInput => ({text, caret: [...text].length});

/** The input with a text put in at the caret; line breaks and tabs of a paste become spaces. */
export function insertText({text, caret}: TextInput, inserted: string): TextInput {
  const clean = [...inserted.replace(/[\r\n\t]+/g, ' ')];
  const points = [...text];
  const room = clean.slice(0, Math.max(0, TEXT_MAX - points.length));
  points.splice(caret, 0, ...room);
  return {text: points.join(''), caret: caret + room.length};
}

/** The edits a line knows. */
export type Edit =
  | 'left'
  | 'right'
  | 'start'
  | 'end'
  | 'erase'
  | 'delete'
  | 'erase-to-start'
  | 'erase-to-end'
  | 'erase-word';

/** The input after one edit. */
export function editText(input: TextInput, edit: Edit): TextInput {
  const points = [...input.text];
  const {caret} = input;
  const without = (from: number, to: number): TextInput => ({
    text: [...points.slice(0, from), ...points.slice(to)].join(''),
    caret: from,
  });
  switch (edit) {
    case 'left':
      return {...input, caret: Math.max(0, caret - 1)};
    case 'right':
      return {...input, caret: Math.min(points.length, caret + 1)};
    case 'start':
      return {...input, caret: 0};
    case 'end':
      return {...input, caret: points.length};
    case 'erase':
      return caret === 0 ? input : without(caret - 1, caret);
    case 'delete':
      return without(caret, caret + 1);
    case 'erase-to-start':
      return without(0, caret);
    case 'erase-to-end':
      return without(caret, points.length);
    case 'erase-word': {
      const before = points.slice(0, caret).join('');
      return without([...before.replace(/\S*\s*$/u, '')].length, caret);
    }
  }
}
