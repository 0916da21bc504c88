import {z} from 'zod';

import type {Fact} from './catalogue.ts';

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
  id: z.string().min(1).describe('UUID, version 7'),
  source: z
    .string()
    .regex(/^\/cim\/[a-z0-9-]{1,32}$/)
    .describe('"/cim/" and the leaf id'),
  type: z.string().min(1).describe('cim.<aggregate>.<event>.v<n>'),
  subject: z.string().describe('id of the aggregate: of the port, device, role or leaf'),
  time: Time.describe('when the fact was seen, UTC with milliseconds'),
  datacontenttype: z.literal('application/json'),
  dataschema: z.string().describe('"urn:cim:schema:" and the type; `api schema TYPE` prints it'),
  correlationid: z.string().describe('id of the message that began it all'),
  causationid: z
    .string()
    .describe('id of the command or event that caused this; its own: none did'),
  causationsequence: z
    .string()
    .regex(/^\d+$/)
    .optional()
    .describe('place of the cause in the stream, in decimal'),
  actor: z.string().optional().describe('login name of whose wish it was; the server proves it'),
  channel: Channel.optional().describe('how the wish came in, as the client claims'),
  originkind: z.string().optional().describe('tty, ssh or program, as the client claims'),
  origintty: z.string().optional().describe('terminal, as the client claims'),
  originuid: z.string().optional().describe('numeric user id, as the client claims'),
  originaddress: z.string().optional().describe('address of the ssh client, as it claims'),
  originkey: z.string().optional().describe('fingerprint of the ssh key, as the client claims'),
  bootid: z.string().optional().describe("the kernel's boot id"),
  clock: ClockState.optional().describe('whether time can be trusted'),
  data: z.record(z.string(), z.unknown()).describe('as the schema of the type says'),
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
