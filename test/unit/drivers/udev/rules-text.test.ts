import fc from 'fast-check';
import {describe, expect, test} from 'vitest';

import type {LinkRule} from '#contracts/role-links.ts';
import {RoleId} from '#domain/ids.ts';
import {fits} from '#drivers/memory/role-links.ts';
import {printRules, value} from '#drivers/udev/rules-text.ts';

const RULE: LinkRule = {
  role: RoleId.parse('scale'),
  link: '/dev/cim/scale',
  unit: {kind: 'usb-serial', vendor: '0403', product: '6001', serial: 'A50285BI'},
  unitPattern: null,
  rootHub: null,
  nodePattern: '/devices/*/[0-9]*-*:1.0/ttyUSB[0-9]*/tty/ttyUSB[0-9]*',
  namePattern: 'ttyUSB[0-9]*',
  subsystem: 'tty',
  devtype: null,
  marks: {port_number: '0'},
  idPath: null,
  claims: {ID_MM_DEVICE_IGNORE: '1'},
  isMuted: false,
};

/** One key of a rule, as udev(7) has them, with a value that holds nothing special. */
const KEY = String.raw`[A-Z]+(?:\{[A-Za-z0-9_.]+\})?(?:==|!=|\+=|=)"[^"\\$%\n]*"`;
const LINE = new RegExp(`^(?:${KEY}(?:, |$))+$`);

const linesOf = (rules: readonly LinkRule[]): readonly string[] =>
  printRules(rules).text.split('\n');

describe('rules', () => {
  test('name one unit, what hangs below it, and a link that stays with its holder', () => {
    const text = printRules([RULE]).text;
    expect(text).toContain(
      'ATTRS{idVendor}=="0403", ATTRS{idProduct}=="6001", ATTRS{serial}=="A50285BI"',
    );
    expect(text).toContain('TEST!="/dev/cim/scale"');
    expect(text).toContain('SYMLINK+="cim/scale"');
    expect(text).toContain('ENV{ID_MM_DEVICE_IGNORE}="1"');
  });

  test('hold nothing but keys, comments and empty lines, whatever a unit says of itself', () => {
    const anyText = fc.oneof(fc.string(), fc.string({unit: 'binary'}), fc.constant('a"\n$b%k'));
    fc.assert(
      fc.property(anyText, anyText, (serial, mark) => {
        const unit = {kind: 'usb-serial', vendor: '0403', product: '6001', serial} as const;
        const {text, refused} = printRules([{...RULE, unit, marks: {index: mark}}, RULE]);
        for (const line of text.split('\n')) {
          expect(line === '' || line.startsWith('#') || LINE.test(line)).toBe(true);
        }
        // The one that can be written is there, whatever became of the other.
        expect(text).toContain('"A50285BI"');
        expect(refused.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('a value is taken by itself: nothing in it is a pattern', () => {
    const plain = fc.string({unit: fc.constantFrom(...'abc123*?[]-_: .')});
    fc.assert(
      fc.property(plain, plain, (text, other) => {
        fc.pre(text !== '');
        expect(fits(value(text), text)).toBe(true);
        expect(fits(value(text), other)).toBe(text === other);
      }),
    );
  });

  test('without any there is nothing that makes a link', () => {
    expect(linesOf([]).filter((line) => line.includes('SYMLINK'))).toEqual([]);
  });
});
