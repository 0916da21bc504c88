import {gzipSync} from 'node:zlib';

import fc from 'fast-check';
import {expect, test} from 'vitest';

import type {Codec} from '#contracts/codec.ts';
import {isCimError} from '#domain/errors.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What every codec keeps. */
export function codecSuite(driver: DriverOf<'codec'>, create: () => Codec): void {
  describeContract({contract: 'codec', driver}, () => {
    const codec = create();

    test('gives back every value that JSON can hold, plain and packed', () => {
      fc.assert(
        fc.property(fc.jsonValue(), (value) => {
          const same: unknown = JSON.parse(JSON.stringify(value));
          expect(codec.decode(codec.encode(value))).toEqual(same);
          expect(codec.unpack(codec.pack(value))).toEqual(same);
        }),
      );
    });

    test('writes JSON in UTF-8, and packs it smaller', () => {
      const value = {name: 'Waage „groß“', list: Array.from({length: 200}, () => 'again')};
      expect(codec.encode(value)).toEqual(bytes(JSON.stringify(value)));
      expect(codec.pack(value).length).toBeLessThan(codec.encode(value).length / 4);
    });

    test('tells values apart by 16 digits, in every process the same', () => {
      expect(codec.digest(['Straße', {a: 1}])).toBe(codec.digest(['Straße', {a: 1}]));
      expect(codec.digest(['Straße', {a: 2}])).not.toBe(codec.digest(['Straße', {a: 1}]));
      expect(codec.digest('abc')).toBe('6cc43f858fbb7633'); // printf '"abc"' | sha256sum
    });

    test.each([
      ['nothing', new Uint8Array()],
      ['half a value', bytes('{"a":')],
      ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
    ])('decodes %s to undefined', (_, broken) => {
      expect(codec.decode(broken)).toBeUndefined();
    });

    test('refuses to unpack what was not packed, only in part, or is no JSON', () => {
      const part = codec.pack({a: 1}).subarray(0, -4);
      for (const broken of [bytes('{"a":1}'), part, new Uint8Array(), gzipSync('{"a":')]) {
        expect(() => codec.unpack(broken)).toThrow(
          expect.toSatisfy((error: unknown) => isCimError(error, 'bad-request')),
        );
      }
    });
  });
}
