import fc from 'fast-check';
import {describe, expect, it} from 'vitest';

import {cutEnd, cutMiddle, padEnd, padStart, widthOf, wrapProse} from '#views/theme/fit.ts';
import {inGlyphs} from '#views/theme/glyphs.ts';
import {paintLine} from '#views/theme/paint.ts';
import {themeOf} from '#views/theme/theme.ts';

const text = fc.string({unit: 'grapheme', maxLength: 40});
const width = fc.integer({min: 0, max: 50});

describe('cutting', () => {
  it.each([
    ['/devices/pci0000:00/usb1', 11, '/devi…/usb1'],
    ['short', 11, 'short'],
    ['日本語テキスト', 7, '日…スト'],
    ['ab', 1, '…'],
  ])('%s in the middle to %i cells is %s', (whole, cells, cut) => {
    expect(cutMiddle(whole, cells, '…')).toBe(cut);
  });

  it.each([
    ['Kingston DataTraveler', 9, 'Kingston…'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
    ['x', 0, ''],
  ])('%s at the end to %i cells is %s', (whole, cells, cut) => {
    expect(cutEnd(whole, cells, '…')).toBe(cut);
  });

  it('is never wider than asked, and changes nothing that fits', () => {
    fc.assert(
      fc.property(text, width, (whole, cells) => {
        for (const cut of [cutEnd, cutMiddle]) {
          const short = cut(whole, cells, '…');
          expect(widthOf(short)).toBeLessThanOrEqual(cells);
          if (widthOf(whole) <= cells) {
            expect(short).toBe(whole);
          }
        }
      }),
    );
  });
});

it('pads to the width in cells', () => {
  expect(padEnd('日', 4)).toBe('日  ');
  expect(padStart('7', 3)).toBe('  7');
  expect(padEnd('long', 2)).toBe('long');
});

it('wraps prose at spaces, and words that are too long anywhere', () => {
  expect(wrapProse('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrapProse('abcdefghij k', 4)).toEqual(['abcd', 'efgh', 'ij k']);
});

describe('glyph sets', () => {
  it('keep the cells of every text', () => {
    fc.assert(
      fc.property(text, (whole) => {
        const shown = inGlyphs('ascii', whole, widthOf);
        expect(shown).toMatch(/^[\u0020-\u007e]*$/);
      }),
    );
    expect(inGlyphs('ascii', '日→·', widthOf)).toBe('??>-');
    expect(inGlyphs('linux', 'a…b', widthOf)).toBe('a~b');
  });
});

describe('the theme', () => {
  it.each([
    [{TERM: 'xterm-256color', LANG: 'en_US.UTF-8'}, 'utf8', 'full'],
    [{TERM: 'xterm-256color', LANG: 'en_US.utf8', NO_COLOR: '1'}, 'utf8', 'mono'],
    [{TERM: 'xterm', LANG: 'C.UTF-8', NO_COLOR: ''}, 'utf8', 'full'],
    [{TERM: 'linux', LANG: 'C.UTF-8'}, 'linux', '8'],
    [{TERM: 'linux', LANG: 'C'}, 'ascii', '8'],
    [{TERM: 'vt220', LANG: 'C.UTF-8'}, 'utf8', 'mono'],
    [{TERM: 'vt100'}, 'ascii', 'mono'],
    [{TERM: 'xterm', LANG: 'C.UTF-8', LC_ALL: 'C'}, 'ascii', 'full'],
    [{}, 'ascii', '8'],
  ])('of %j', (env, glyphSet, colours) => {
    expect(themeOf(env)).toMatchObject({glyphSet, colours});
  });
});

describe('a painted line', () => {
  const theme = themeOf({TERM: 'xterm', LANG: 'C.UTF-8'});

  it('is never wider than the screen', () => {
    fc.assert(
      fc.property(fc.array(text, {maxLength: 5}), fc.integer({min: 1, max: 60}), (parts, cells) => {
        const line = paintLine(theme, {spans: parts.map((part) => ({text: part}))}, cells);
        expect(widthOf(line)).toBeLessThanOrEqual(Math.max(cells, 1));
      }),
    );
  });

  it('shows outside text without its control characters', () => {
    const spans = [{text: 'a\u001b[31mb\u0007\u202ec\r\n'}];
    expect(paintLine(theme, {spans}, 20)).toBe('a[31mbc');
  });

  it('is inverse over the whole width where the cursor is', () => {
    const line = paintLine(theme, {spans: [{text: 'ab', tone: 'fault'}], isSelected: true}, 5);
    expect(line).toBe('\u001b[7mab   \u001b[27m');
  });

  it('closes only what it opened', () => {
    const line = paintLine(theme, {spans: [{text: 'a', tone: 'good'}, {text: 'b'}]}, 5);
    expect(line).toBe('\u001b[32ma\u001b[39mb');
  });
});
