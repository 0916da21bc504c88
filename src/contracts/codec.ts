/** Values as bytes on the bus, and back. */
export interface Codec {
  /** JSON, UTF-8. */
  encode(value: unknown): Uint8Array;
  /** The value behind JSON bytes; undefined when they are not JSON. */
  decode(bytes: Uint8Array): unknown;
  /** JSON, gzip. */
  pack(value: unknown): Uint8Array;
  /** The value behind packed bytes. @throws CimError `bad-request` */
  unpack(bytes: Uint8Array): unknown;
}
