import {createHash} from 'node:crypto';

/** A message as any client of NATS gets it. */
export interface PlainMessage {
  readonly subject: string;
  readonly head: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The digest chain as WIRE's words have it, with nothing of ours: what each message should name. */
export function chainOf(storeId: string, messages: readonly PlainMessage[]): readonly string[] {
  let digest = createHash('sha256').update(`cim-leaf/1\n${storeId}`).digest();
  return messages.map(({subject, head, body}) => {
    const before = digest.toString('hex');
    const parts = [Buffer.from(subject), Buffer.from(head['Nats-Msg-Id'] ?? ''), body];
    const hash = createHash('sha256').update(digest);
    for (const part of parts) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(part.length);
      hash.update(length).update(part);
    }
    digest = hash.digest();
    return before;
  });
}
