import {z} from 'zod';

import type {Fact} from './catalogue.ts';
import {describe} from './describe.ts';

export const Channel = z.enum(['console', 'cli', 'nats', 'system']);
export type Channel = z.infer<typeof Channel>;

export const ClockState = z.enum(['synced', 'unsynced', 'unknown']);
export type ClockState = z.infer<typeof ClockState>;

/** UTC, milliseconds, `Z`. Example: `2026-11-22T16:21:30.000Z`. */
export const Time = z.iso.datetime({precision: 3});

/**
 * A CloudEvent 1.0 as stored, JSON format. Extensions are scalars and left out when absent
 * (WIRE.md, Event). Claims (channel, origin…) come from the client and prove nothing.
 */
export const Envelope = z.object({
  specversion: z.literal('1.0'),
  id: describe(z.string().min(1), 'UUID, version 7'),
  source: describe(z.string().regex(/^\/cim\/[a-z0-9-]{1,32}$/), '"/cim/" and the leaf id'),
  type: describe(z.string().min(1), 'cim.<aggregate>.<event>.v<n>'),
  subject: describe(z.string(), 'id of the aggregate: of the port, device, role or leaf'),
  time: Time.describe('when the fact was seen, UTC with milliseconds'),
  datacontenttype: z.literal('application/json'),
  dataschema: describe(z.string(), '"urn:cim:schema:" and the type; `api schema TYPE` prints it'),
  correlationid: describe(z.string(), 'id of the message that began it all'),
  causationid: describe(
    z.string(),
    'id of the command or event that caused this; its own: none did',
  ),
  causationsequence: describe(
    z.string().regex(/^\d+$/).optional(),
    'place of the cause in the stream, in decimal',
  ),
  actor: describe(z.string().optional(), 'login name of whose wish it was; the server proves it'),
  commanddigest: describe(
    z.string().optional(),
    'of the command: sent again with other words, its id is refused',
  ),
  channel: describe(Channel.optional(), 'how the wish came in, as the client claims'),
  originkind: describe(z.string().optional(), 'tty, ssh or program, as the client claims'),
  origintty: describe(z.string().optional(), 'terminal, as the client claims'),
  originuid: describe(z.string().optional(), 'numeric user id, as the client claims'),
  originaddress: describe(z.string().optional(), 'address of the ssh client, as it claims'),
  originkey: describe(z.string().optional(), 'fingerprint of the ssh key, as the client claims'),
  bootid: describe(z.string().optional(), "the kernel's boot id"),
  clock: describe(ClockState.optional(), 'whether time can be trusted'),
  data: describe(z.record(z.string(), z.unknown()), 'as the schema of the type says'),
});
export type Envelope = z.infer<typeof Envelope>;

/** An envelope whose data has been checked against its type's schema. */
export type CimEvent = Fact & Omit<Envelope, 'type' | 'subject' | 'data'>;

/** An event at its place in the stream. Order is the sequence, only. */
export interface Recorded {
  readonly sequence: number;
  readonly event: CimEvent;
}

/** What an envelope says beside the fact itself. */
export type Provenance = Pick<Envelope, 'correlationid' | 'causationid'> &
  Partial<
    Pick<
      Envelope,
      | 'causationsequence'
      | 'actor'
      | 'commanddigest'
      | 'channel'
      | 'originkind'
      | 'origintty'
      | 'originuid'
      | 'originaddress'
      | 'originkey'
    >
  >;

/** Where the schema of a type's data is found: a URI that `api` resolves. */
export const dataSchemaOf = (type: string): string => `urn:cim:schema:${type}`;
