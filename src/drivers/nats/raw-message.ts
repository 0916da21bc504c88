import type {Msg} from '@nats-io/transport-node';

import {readMessage, type StoredMessage} from '#domain/message.ts';
import type {NatsLink} from './link.ts';

/** One message as it stands in the stream. */
export interface RawMessage {
  readonly sequence: number;
  readonly subject: string;
  /** `Nats-Msg-Id`, empty when it has none. */
  readonly messageId: string;
  /** `Cim-Epoch`, 0 when it has none. */
  readonly epoch: number;
  /** `Cim-Prev`, empty when it has none. */
  readonly previous: string;
  readonly body: Uint8Array;
  /** How many more there were to deliver at that time. */
  readonly pending: number;
}

export interface PortionOptions {
  readonly stream: string;
  readonly filter?: string | undefined;
  readonly from: number;
  readonly signal: AbortSignal;
}

/** Messages in order from a sequence on, in the portions they come in, until it breaks off. */
export type ReadPortions = (
  link: NatsLink,
  options: PortionOptions,
) => AsyncGenerator<readonly RawMessage[]>;

const decoder = new TextDecoder();

/** What the server sends of a stored message that was got directly, or as it was stored. */
export function rawMessageOf({headers, data}: Msg): RawMessage | undefined {
  const sequence = Number(headers?.get('Nats-Sequence'));
  const subject = headers?.get('Nats-Subject');
  if (!(sequence > 0) || subject === undefined) {
    return undefined;
  }
  return {
    sequence,
    subject,
    messageId: headers?.get('Nats-Msg-Id') ?? '',
    epoch: Number(headers?.get('Cim-Epoch')) || 0,
    previous: headers?.get('Cim-Prev') ?? '',
    body: data,
    pending: Number(headers?.get('Nats-Num-Pending')) || 0,
  };
}

/** As the rest of the program sees it. */
export const decodeMessage = ({
  sequence,
  subject,
  body,
}: Pick<RawMessage, 'sequence' | 'subject' | 'body'>): StoredMessage =>
  readMessage(sequence, subject, decoder.decode(body));
