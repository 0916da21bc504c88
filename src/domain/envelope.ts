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
  id: z.string().min(1),
  source: z.string().regex(/^\/cim\/[a-z0-9-]{1,32}$/),
  type: z.string().min(1),
  subject: z.string(),
  time: Time,
  datacontenttype: z.literal('application/json'),
  dataschema: z.string(),
  correlationid: z.string(),
  causationid: z.string(),
  causationsequence: z.string().regex(/^\d+$/).optional(),
  actor: z.string().optional(),
  channel: Channel.optional(),
  originkind: z.string().optional(),
  origintty: z.string().optional(),
  originuid: z.string().optional(),
  originaddress: z.string().optional(),
  originkey: z.string().optional(),
  bootid: z.string().optional(),
  clock: ClockState.optional(),
  data: z.record(z.string(), z.unknown()),
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
