import fc from 'fast-check';
import {expect, test} from 'vitest';

import {portTree} from '#domain/port/tree.ts';

const printed = (rows: readonly {readonly id: string; readonly parent: string | null}[]) =>
  portTree(rows).map(({row, depth}) => `${'-'.repeat(depth)}${row.id}`);

test('children stand behind their parents, in their own order', () => {
  const rows = [
    {id: 'dock', parent: null},
    {id: 'com', parent: null},
    {id: 'dock-2', parent: 'dock'},
    {id: 'dock-1', parent: 'dock'},
    {id: 'stick', parent: 'dock-1'},
  ];
  expect(printed(rows)).toEqual(['dock', '-dock-2', '-dock-1', '--stick', 'com']);
});

test('one whose parent is not shown is a root', () => {
  expect(printed([{id: 'dock-1', parent: 'dock'}])).toEqual(['dock-1']);
});

test('every port is there once, whatever the parents are above it', () => {
  const parents = fc.array(fc.nat(), {maxLength: 20});
  fc.assert(
    fc.property(parents, (numbers) => {
      // The parent of each is one before it, or none: a tree.
      const rows = numbers.map((number, index) => ({
        id: `p${index}`,
        parent: index === 0 || number % 3 === 0 ? null : `p${number % index}`,
      }));
      const tree = portTree(rows);
      expect(tree.map(({row}) => row.id).toSorted()).toEqual(rows.map(({id}) => id).toSorted());
      tree.forEach(({row, depth}, index) => {
        const parent = tree.findIndex((other) => other.row.id === row.parent);
        expect(parent).toBeLessThan(index);
        expect(depth).toBe(parent < 0 ? 0 : (tree[parent]?.depth ?? 0) + 1);
      });
    }),
  );
});
