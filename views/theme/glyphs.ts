/** How much of Unicode the terminal can show. */
export type GlyphSet = 'utf8' | 'linux' | 'ascii';

export interface Glyphs {
  readonly cursor: string;
  readonly ellipsis: string;
  readonly horizontal: string;
  readonly vertical: string;
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomLeft: string;
  readonly bottomRight: string;
  readonly dot: string;
  readonly arrow: string;
  readonly ascending: string;
  readonly descending: string;
  readonly caret: string;
}

/** Every glyph here is in the 16-pixel console fonts, too; only the ellipsis is not. */
const UTF8: Glyphs = {
  cursor: '»',
  ellipsis: '…',
  horizontal: '─',
  vertical: '│',
  topLeft: '┌',
  topRight: '┐',
  bottomLeft: '└',
  bottomRight: '┘',
  dot: '·',
  arrow: '→',
  ascending: '↑',
  descending: '↓',
  caret: '█',
};

const ASCII: Glyphs = {
  cursor: '>',
  ellipsis: '~',
  horizontal: '-',
  vertical: '|',
  topLeft: '+',
  topRight: '+',
  bottomLeft: '+',
  bottomRight: '+',
  dot: '-',
  arrow: '>',
  ascending: '^',
  descending: 'v',
  caret: '_',
};

export const GLYPHS: Readonly<Record<GlyphSet, Glyphs>> = {
  utf8: UTF8,
  linux: {...UTF8, ellipsis: '~'},
  ascii: ASCII,
};

/** ASCII for what our own sentences use; each stands in one cell, as the original does. */
const IN_ASCII: Readonly<Record<string, string>> = {
  '·': '-',
  '→': '>',
  '←': '<',
  '↑': '^',
  '↓': 'v',
  '─': '-',
  '│': '|',
  '»': '>',
  '…': '~',
  '–': '-',
  '█': '#',
  '░': '.',
  '“': '"',
  '”': '"',
  '’': "'",
  '×': 'x',
};

const NOT_ASCII = /[^\u0020-\u007e]/gu;
const NOT_LATIN = /[^\u0020-\u00ff]/gu;
/** Console fonts hold 512 glyphs at most: letters of alphabets, but no pictures. */
const NOT_ON_A_CONSOLE = /[\p{Extended_Pictographic}…–“”’]/u;

/** Text as this glyph set can show it, character by character; `widthOf` keeps the cells the same. */
export function inGlyphs(set: GlyphSet, text: string, widthOf: (text: string) => number): string {
  switch (set) {
    case 'utf8':
      return text;
    case 'linux':
      return text.replace(NOT_LATIN, (character) => {
        const width = widthOf(character);
        // A glyph that takes two cells is in no console font.
        const isThere = width < 2 && !NOT_ON_A_CONSOLE.test(character);
        return isThere ? character : (IN_ASCII[character] ?? '?'.repeat(width));
      });
    case 'ascii':
      return text.replace(
        NOT_ASCII,
        (character) => IN_ASCII[character] ?? '?'.repeat(widthOf(character)),
      );
  }
}
