import {hash} from 'node:crypto';
import {gunzipSync, gzipSync} from 'node:zlib';

import type {Codec} from '#contracts/codec.ts';
import {CimError} from '#domain/errors.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', {fatal: true});

const encode = (value: unknown): Uint8Array => encoder.encode(JSON.stringify(value));

function decode(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined; // the contract's word for "not JSON"; the caller says so
  }
}

/** JSON in UTF-8, packed with gzip at its fastest level. */
export const createCodec = (): Codec => ({
  encode,
  decode,
  digest: (value) => hash('sha256', encode(value), 'hex').slice(0, 16),
  pack: (value) => gzipSync(encode(value), {level: 1}),
  unpack(bytes) {
    try {
      return JSON.parse(decoder.decode(gunzipSync(bytes)));
    } catch (cause) {
      throw new CimError('bad-request', `unpack ${bytes.length} bytes`, {cause});
    }
  },
});
