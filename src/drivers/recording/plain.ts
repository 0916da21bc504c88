import {hasControls, stripControls} from '#domain/text.ts';

/** True for text that stands on a line of its own as it is, and comes back from UTF-8 the same. */
export const isPlain = (text: string): boolean => text.isWellFormed() && !hasControls(text);

/** Keys and names of properties and attributes: nothing that a reader of lines could mistake. */
export const isPlainKey = (key: string): boolean => /^[!$-<>-~][!-<>-~]*$/.test(key);

/** As it is shown where a reader takes the true text from elsewhere. */
export const plainOf = (text: string): string => stripControls(text).toWellFormed();

/** JSON on one line in which nothing is invisible. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value).replace(/./gsu, (letter) =>
    hasControls(letter) ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter,
  );

/** Text for the end of a line: as it is, or as JSON where it would not survive so. */
export const quote = (text: string): string =>
  isPlain(text) && !text.startsWith('"') ? text : toJson(text);

/** @throws SyntaxError for broken JSON */
export const unquote = (text: string): string =>
  text.startsWith('"') ? String(JSON.parse(text)) : text;
