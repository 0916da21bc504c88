/** SHA-256 of some bytes, handed in by the driver that has it. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** What the chain covers of one message in the stream, as bytes on the wire. */
export interface ChainedMessage {
  readonly subject: Uint8Array;
  /** `Nats-Msg-Id`; empty when the message has none. */
  readonly messageId: Uint8Array;
  readonly body: Uint8Array;
}

/** First line of what is hashed for D(0); the store id follows. */
export const DIGEST_SEED = 'cim-leaf/1\n';

/**
 * D(n) = SHA-256(D(n−1) ‖ subject ‖ message id ‖ body), each part led by its length as
 * u32 big-endian (WIRE.md, Digest). Every message in the stream counts, broken ones too.
 */
export function nextDigest(
  sha256: Sha256,
  previous: Uint8Array,
  message: ChainedMessage,
): Uint8Array {
  const parts = [message.subject, message.messageId, message.body];
  const length = parts.reduce((sum, part) => sum + 4 + part.length, previous.length);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  bytes.set(previous, 0);
  let offset = previous.length;
  for (const part of parts) {
    view.setUint32(offset, part.length);
    bytes.set(part, offset + 4);
    offset += 4 + part.length;
  }
  return sha256(bytes);
}

/** Lower-case hex, as `Cim-Prev` carries a digest. */
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
