import fc from 'fast-check';
import {expect, it} from 'vitest';

import {nearestName} from '#domain/nearest.ts';

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
