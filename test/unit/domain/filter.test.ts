import fc from 'fast-check';
import {describe, expect, it} from 'vitest';

import {matchesFilter, parseFilter, printFilter, unknownColumns} from '#domain/filter.ts';

const ROW = {port: 'USB 3', class: 'serial', device: 'FTDI FT232R', role: ''};

const term = fc.record({
  word: fc
    .string({minLength: 1, maxLength: 12})
    .map((text) => text.replaceAll('"', '').toLowerCase())
    .filter((text) => text !== '' && text.toLowerCase() === text),
  column: fc.option(fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/)),
  isNegated: fc.boolean(),
});

describe('parseFilter', () => {
  it.each([
    ['usb', true],
    ['usb serial', true],
    ['usb video', false],
    ['!video', true],
    ['!usb', false],
    ['class:serial', true],
    ['class:usb', false],
    ['CLASS:Serial', true],
    ['!class:serial', false],
    ['"usb 3"', true],
    ['"usb 4"', false],
    ['device:"ftdi ft"', true],
    ['device:"ftdi ft', true],
    ['', true],
    ['class:', true],
    ['!', true],
    ['nothere:x', false],
    ['!nothere:x', true],
  ])('decides whether "%s" fits the row: %s', (text, fits) => {
    expect(matchesFilter(parseFilter(text), ROW)).toBe(fits);
  });

  it('reads back what it prints', () => {
    fc.assert(
      fc.property(fc.array(term, {maxLength: 5}), (filter) => {
        expect(parseFilter(printFilter(filter))).toEqual(filter);
      }),
    );
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const filter = parseFilter(text);
        expect(parseFilter(printFilter(filter))).toEqual(filter);
      }),
    );
  });

  it('is the AND of its words', () => {
    fc.assert(
      fc.property(term, term, fc.string(), (a, b, text) => {
        const fields = {port: text};
        expect(matchesFilter([a, b], fields)).toBe(
          matchesFilter([a], fields) && matchesFilter([b], fields),
        );
      }),
    );
  });

  it('turns its answer around when negated', () => {
    fc.assert(
      fc.property(term, fc.string(), (a, text) => {
        const fields = {port: text};
        expect(matchesFilter([{...a, isNegated: !a.isNegated}], fields)).toBe(
          !matchesFilter([a], fields),
        );
      }),
    );
  });
});

it('names the columns that do not exist', () => {
  expect(unknownColumns(parseFilter('port:a colour:red !colour:b c'), ['port'])).toEqual([
    'colour',
  ]);
});
