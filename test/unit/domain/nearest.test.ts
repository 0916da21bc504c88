import fc from 'fast-check';
import {expect, it} from 'vitest';

import {nearestName, nearestNames} from '#domain/nearest.ts';

it.each([
  ['lable', ['label', 'link', 'state'], ['label']],
  ['lable', ['enable', 'label'], ['label', 'enable']],
  ['usb 33', ['USB 3', 'USB 1', 'ETH 1'], ['USB 3', 'USB 1']],
  ['scan', ['scale', 'scanner-gate1', 'uplink'], ['scale', 'scanner-gate1']],
  ['xyzxyz', ['label', 'state'], []],
])('for %s gives what was most likely meant', (word, names, nearest) => {
  expect(nearestNames(word, names)).toEqual(nearest);
});

it('finds a name with one letter wrong, left out or too many', () => {
  const names = ['state', 'direction', 'label', 'position'];
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.nat(),
      fc.constantFrom('', 'x', 'xy'),
      (name, at, put) => {
        const place = at % name.length;
        const typed = name.slice(0, place) + put + name.slice(place + 1);
        expect(nearestNames(typed, names)).toContain(name);
      },
    ),
  );
});

const NAMES = ['label', 'forget', 'bind', 'restore', 'port.list', 'device.list'];

it('finds a name with one letter more, less or other', () => {
  const typed = fc
    .tuple(fc.constantFrom(...NAMES), fc.nat(), fc.nat(1), fc.constantFrom('', 'x'))
    .map(([name, place, cut, letter]) => {
      const at = place % name.length;
      return {name, word: `${name.slice(0, at)}${letter}${name.slice(at + cut)}`};
    });
  fc.assert(
    fc.property(typed, ({name, word}) => {
      expect(nearestName(word, NAMES)).toBe(name);
    }),
  );
});

it('finds nothing where nothing is near', () => {
  expect(nearestName('xyzzyq', NAMES)).toBeUndefined();
  expect(nearestName('label', [])).toBeUndefined();
});
