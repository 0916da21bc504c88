import fc from 'fast-check';
import {expect, test} from 'vitest';

import {compareRows} from '#cli/difference.ts';

const PORTS = {noun: 'port', key: 'id'};
const row = fc.record({
  id: fc.constantFrom('a', 'b', 'c'),
  label: fc.option(fc.constantFrom('A', 'B')),
  state: fc.constantFrom('present', 'absent'),
});
const rows = fc.uniqueArray(row, {selector: ({id}) => id});

test('names what came, what went, and each field that changed', () => {
  const before = [
    {id: 'usb-1', label: null, name: '1-1', state: 'present', sequence: 3},
    {id: 'usb-2', label: null, name: '1-2', state: 'absent', sequence: 4},
  ];
  const after = [
    {id: 'usb-1', label: 'USB 1', name: '1-1', state: 'absent', sequence: 9},
    {id: 'usb-3', label: null, name: '1-3', state: 'absent', sequence: 8},
  ];
  expect(compareRows(PORTS, before, after)).toMatchObject([
    {kind: 'changed', id: 'usb-1', field: 'label', before: null, after: 'USB 1'},
    {kind: 'changed', id: 'usb-1', field: 'state', before: 'present', after: 'absent'},
    {kind: 'removed', id: 'usb-2', title: '1-2'},
    {kind: 'added', id: 'usb-3'},
  ]);
});

test('nothing differs from itself, and turned round it says the contrary', () => {
  fc.assert(
    fc.property(rows, rows, (before, after) => {
      expect(compareRows(PORTS, before, before)).toEqual([]);
      const there = compareRows(PORTS, before, after);
      const back = compareRows(PORTS, after, before);
      expect(back.map(({id, field}) => ({id, field}))).toEqual(
        there.map(({id, field}) => ({id, field})),
      );
      expect(back.map((one) => one.after)).toEqual(there.map((one) => one.before));
    }),
  );
});
