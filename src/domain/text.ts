import {z} from 'zod';

// C0, DEL, C1, breaks of lines and paragraphs, halves of a surrogate pair, and the bidirectional
// controls that can make a text read as another one.
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
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
export const Label = z
  .string()
  .refine((text) => [...text].length <= LABEL_MAX, {message: 'too-long'})
  .refine((text) => !hasControls(text), {message: 'control-characters'})
  .refine((text) => text.replace(INVISIBLE, '').trim() !== '', {message: 'empty'})
  .refine((text) => text.trim() === text, {message: 'space-at-ends'})
  .describe('Name given by a person, e.g. "USB 3"');
