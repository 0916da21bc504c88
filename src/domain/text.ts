import {z} from 'zod';

import {describe} from './describe.ts';

// C0, DEL, C1, breaks of lines and paragraphs, and the bidirectional controls that can make a text
// read as another one: the inside of a class, as every dialect of regular expressions reads it.
const CONTROL_CLASS = String.raw`\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069`;
// And halves of a surrogate pair.
const CONTROL = new RegExp(`[${CONTROL_CLASS}\\p{Cs}]`, 'u');
const CONTROLS = new RegExp(CONTROL.source, 'gu');

/** Longest label, in Unicode code points. */
export const LABEL_MAX = 40;

// What leaves no mark of its own: joiners, marks of byte order, soft hyphens.
const INVISIBLE = /\p{Cf}/gu;

/** True when a text holds control characters, bidirectional ones among them. */
export const hasControls = (text: string): boolean => CONTROL.test(text);

/** Outside text as it may be shown: control characters removed. Stored text is never changed. */
export const stripControls = (text: string): string => text.replace(CONTROLS, '');

/** What a person calls a thing: 1 to 40 code points, no control characters, no space at the ends. */
export const Label = describe(
  z
    .string()
    .refine((text) => [...text].length <= LABEL_MAX, {message: 'too-long'})
    .refine((text) => !hasControls(text), {message: 'control-characters'})
    .refine((text) => text.replace(INVISIBLE, '').trim() !== '', {message: 'empty'})
    .refine((text) => text.trim() === text, {message: 'space-at-ends'}),
  {
    id: 'Label',
    description: 'name given by a person, e.g. "USB 3"',
    // The refinements above, as far as JSON Schema has words for them.
    maxLength: LABEL_MAX,
    pattern: String.raw`^[^\s${CONTROL_CLASS}](?:[^${CONTROL_CLASS}]*[^\s${CONTROL_CLASS}])?$`,
  },
);
