import fc from 'fast-check';
import {expect, test} from 'vitest';

import {createLineReader, textOf} from '#drivers/process/lines.ts';

function linesOf(chunks: readonly Uint8Array[]): readonly string[] {
  const lines: string[] = [];
  const reader = createLineReader((line) => lines.push(line));
  for (const chunk of chunks) {
    reader.write(chunk);
  }
  reader.end();
  return lines;
}

test('lines are whole however the bytes come', () => {
  const text = 'grün\n\n€uro\nlast';
  const bytes = new TextEncoder().encode(text);
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
      const sorted = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
      const chunks = sorted.slice(1).map((to, index) => bytes.subarray(sorted[index], to));
      expect(linesOf(chunks)).toEqual(['grün', '', '€uro', 'last']);
    }),
  );
});

test('bytes that are no text are kept as such', () => {
  expect(textOf(Uint8Array.of(0x41, 0xff, 0x42))).toBe('A\\xFFB');
});
