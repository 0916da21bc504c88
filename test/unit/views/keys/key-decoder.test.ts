import fc from 'fast-check';
import {describe, expect, it} from 'vitest';

import {createKeyDecoder} from '#views/keys/key-decoder.ts';
import type {KeyEvent} from '#views/keys/key-event.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function decode(chunks: readonly Uint8Array[]): readonly KeyEvent[] {
  const decoder = createKeyDecoder();
  const events = chunks.flatMap((chunk) => [...decoder.push(chunk)]);
  return [...events, ...decoder.flush()];
}

const names = (text: string): readonly string[] =>
  decode([bytes(text)]).map((event) => (event.kind === 'key' ? event.name : `paste:${event.text}`));

describe('keys', () => {
  it.each([
    ['jj', ['j', 'j']],
    ['\u001b', ['escape']],
    ['\u001b\u001b', ['escape', 'escape']],
    ['\u001b[A\u001b[B', ['up', 'down']],
    ['\u001bOA', ['up']],
    ['\u001bOP\u001bOS', ['f1', 'f4']],
    ['\u001b[[A\u001b[[E', ['f1', 'f5']],
    ['\u001b[11~\u001b[15~\u001b[24~', ['f1', 'f5', 'f12']],
    ['\u001b[5~\u001b[6~', ['page-up', 'page-down']],
    ['\u001b[H\u001b[F\u001b[1~\u001b[4~\u001b[7~', ['home', 'end', 'home', 'end', 'home']],
    ['\u001b[3~\u001b[2~', ['delete', 'insert']],
    ['\u001b[Z\t', ['shift-tab', 'tab']],
    ['\u001b[1;5C\u001b[1;2A', ['ctrl-right', 'shift-up']],
    ['\u001b[1;2R', ['shift-f3']],
    ['\r\n', ['enter', 'enter']],
    ['\u007f\b', ['backspace', 'backspace']],
    ['\u0003\u000c\u001a\u0000', ['ctrl-c', 'ctrl-l', 'ctrl-z', 'ctrl-space']],
    ['\u001bx', ['alt-x']],
    ['\u001b[', ['alt-[']],
    ['\u001b[99;5u\u001b[27u', ['ctrl-c', 'escape']],
    [' é€😀', ['space', 'é', '€', '😀']],
    ['a\u001b[<0;10;5Mb\u001b[<0;10;5mc', ['a', 'b', 'c']],
    ['a\u001b[M !!b', ['a', 'b']],
    ['a\u001b[24;80Rb\u001b[?62;c', ['a', 'b']],
    ['a\u001b]11;rgb:0/0/0\u0007b\u001bP1$r\u001b\\c', ['a', 'b', 'c']],
    ['a\u001b[I\u001b[Ob', ['a', 'b']],
    ['x\u001b[200~rm -rf\r\n\u001b[A\u001b[201~y', ['x', 'paste:rm -rf\r\n\u001b[A', 'y']],
    ['\u001b[200~open', ['paste:open']],
    ['\u001b[12\u0003', ['ctrl-c']],
  ])('reads %j as %j', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it('tells what it waits for', () => {
    const decoder = createKeyDecoder();
    expect(decoder.waiting()).toBeNull();
    decoder.push(bytes('\u001b['));
    expect(decoder.waiting()).toBe('sequence');
    decoder.push(bytes('200~abc'));
    expect(decoder.waiting()).toBe('paste');
    decoder.push(bytes('\u001b[201~'));
    expect(decoder.waiting()).toBeNull();
  });

  it('gives up on a sequence that never ends', () => {
    expect(names(`\u001b]${'x'.repeat(400)}`)).toEqual([]);
  });
});

const piece = fc.constantFrom(
  ...[
    'j',
    'é',
    '😀',
    '\u001b',
    '\u001b[A',
    '\u001b[[B',
    '\u001bOP',
    '\u001b[15~',
    '\u001b[<0;1;1M',
  ],
  ...[
    '\u001b[M !!',
    '\r',
    '\u007f',
    '\u0003',
    '\u001b[200~a\nb\u001b[201~',
    '\u001b[',
    '\u001b]0;x',
  ],
  ...['\u0007', '\u001b\\', '\u001b[200~', '5;', '~', 'R'],
);

it('gives the same keys however the bytes are split', () => {
  fc.assert(
    fc.property(fc.array(piece, {maxLength: 12}), fc.array(fc.nat(60)), (pieces, cuts) => {
      const whole = bytes(pieces.join(''));
      const places = [...new Set(cuts.filter((cut) => cut < whole.length))].sort((a, b) => a - b);
      const chunks = [...places, whole.length].map((end, index) =>
        whole.subarray(places[index - 1] ?? 0, end),
      );
      expect(decode(chunks)).toEqual(decode([whole]));
    }),
    {numRuns: 500},
  );
});
