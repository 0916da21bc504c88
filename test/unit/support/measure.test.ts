import {expect, test} from 'vitest';
import {measureSources, printRow, spread} from '#test/support/measure.ts';
import {parseSource} from '#test/support/source/parse.ts';

const BLOCK = ['a(1);', 'b(2);', 'c(3);', 'd(4);', 'e(5);', 'f(6);'].join('\n');

const measure = (files: Readonly<Record<string, string>>) =>
  measureSources(Object.entries(files).map(([path, text]) => parseSource(path, text)));

test('takes the middle, the ninth tenth and the largest of what is there', () => {
  expect(spread([5, 1, 4, 2, 3, 6, 7, 8, 9, 10])).toEqual({median: 5, p90: 9, max: 10});
  expect(spread([])).toEqual({median: 0, p90: 0, max: 0});
});

test('counts named functions, methods and arrows, with their callbacks inside them', () => {
  const text = [
    'export function one() {',
    '  return [1].map((x) => {',
    '    return x;',
    '  });',
    '}',
    'const two = () => 2;',
    'export class Three {',
    '  four() {',
    '    return two;',
    '  }',
    '}',
  ].join('\n');
  const {functions} = parseSource('src/a.ts', text);
  expect(functions.map(({name, lines}) => [name, lines])).toEqual([
    ['one', 5],
    ['two', 1],
    ['four', 3],
  ]);
});

test('finds clones of six lines, and none of five', () => {
  expect(measure({'a.ts': BLOCK, 'b.ts': `x();\n${BLOCK}\ny();`}).clones).toEqual([
    {first: 'a.ts:1', second: 'b.ts:2'},
  ]);
  expect(measure({'a.ts': BLOCK, 'b.ts': BLOCK.replace('c(3)', 'c(4)')}).clones).toEqual([]);
});

test('prints the row of the table', () => {
  const files = {
    'a.ts': "// why\nimport './b.ts';\n\nexport const a = () => 1;\n",
    'b.ts': "import type {A} from './a.ts';\n",
  };
  expect(printRow(measure(files))).toBe(
    '| **cim-leaf** | 1 | 4 | 4 | 1 / 1 / 1 | 20.0 | 1 | 0.0 % |',
  );
});
