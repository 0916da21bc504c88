/** Values as bytes on the bus, and back. */
export interface Codec {
  /** JSON, UTF-8. */
  encode(value: unknown): Uint8Array;
  /** The value behind JSON bytes; undefined when they are not JSON. */
  decode(bytes: Uint8Array): unknown;
  /** 16 hex digits that tell the JSON of a value from that of another: of its SHA-256. */
  digest(value: unknown): string;
  /** JSON, gzip. */
  pack(value: unknown): Uint8Array;
  /** The value behind packed bytes. @throws CimError `bad-request` */
  unpack(bytes: Uint8Array): unknown;
}
