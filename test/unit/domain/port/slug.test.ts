import fc from 'fast-check';
import {expect, test} from 'vitest';

import {PortId} from '#domain/ids.ts';
import {portIdFor} from '#domain/port/slug.ts';

const free = () => false;

test.each([
  ['usb', '0000/14.0/usb/1.3', 'usb-14-0-1-3'],
  ['network', '0000/1c.0/00.0', 'network-1c-0-00-0'],
  ['network', 'virtual/net/br0', 'network-br0'],
  ['serial', 'PNP0501-1', 'serial-pnp0501-1'],
  ['network', 'virtual/net/Ünï', 'network-n'],
])('a %s port at %s is %s', (deviceClass, position, id) => {
  expect(portIdFor(deviceClass, position, free)).toBe(id);
});

test('a number is added where the id is taken', () => {
  const taken = new Set(['usb-14-0-1', 'usb-14-0-1-2']);
  expect(portIdFor('usb', '0000/14.0/usb/1', (id) => taken.has(id))).toBe('usb-14-0-1-3');
});

test('any position has an id, and no two the same', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), {maxLength: 50}), (positions) => {
      const taken = new Set<string>();
      for (const position of positions) {
        const id = portIdFor('usb', position, (candidate) => taken.has(candidate));
        expect(PortId.safeParse(id).success).toBe(true);
        expect(taken.has(id)).toBe(false);
        taken.add(id);
      }
    }),
  );
});
