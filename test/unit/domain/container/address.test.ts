import {isIPv6} from 'node:net';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';

import {addressText, sortAddresses} from '#domain/container/address.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

describe('an address as text', () => {
  it.each([
    ['0ae90102', '10.233.1.2'],
    ['fe800000000000000000000000000001', 'fe80::1'],
    ['00000000000000000000000000000000', '::'],
    ['20010db8000000010000000000000001', '2001:db8:0:1::1'],
    ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
    ['20010000000000010000000000000000', '2001:0:0:1::'],
    ['00010000000000000002000000000000', '1::2:0:0:0'],
  ])('%s is %s', (hex, text) => {
    expect(addressText(bytesOf(hex))).toBe(text);
  });

  it('is the one that the system itself would write', () => {
    const groups = fc.array(fc.constantFrom(0, 0, 0, 1, 0xfe80, 0xffff, 0x20), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(groups, (values) => {
        const bytes = Uint8Array.from(values.flatMap((value) => [value >> 8, value & 0xff]));
        const text = addressText(bytes) ?? '';
        expect(isIPv6(text)).toBe(true);
        const host = new URL(`http://[${text}]/`).hostname;
        expect(host).toBe(`[${text}]`);
      }),
    );
  });

  it('is nothing for bytes that are no address', () => {
    expect(addressText(bytesOf('0a'))).toBeUndefined();
  });
});

describe('addresses', () => {
  it('begin with what is reached best, and leave loopback and repetitions out', () => {
    const found = ['fe80::1', '::1', '169.254.3.4', 'fd00::2', '10.0.0.2', '127.0.0.1', '10.0.0.2'];
    expect(sortAddresses(found)).toEqual(['10.0.0.2', 'fd00::2', '169.254.3.4', 'fe80::1']);
  });
});
