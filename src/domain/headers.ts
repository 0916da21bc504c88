import {z} from 'zod';

import {describe} from './describe.ts';

/** NATS headers of a stored event: WIRE.md, Event. */
export const EventHeaders = z.object({
  'Nats-Msg-Id': describe(z.string(), 'id of the event: the server stores it once'),
  'Cim-Type': describe(z.string(), 'type of the event'),
  'Cim-Epoch': describe(z.string(), 'of the lease of the agent that wrote it, in decimal'),
  'Cim-Prev': describe(z.string(), 'digest of all messages before it, lower-case hex'),
  'X-Message-ID': describe(z.string(), 'id of the event'),
  'X-Correlation-ID': describe(z.string(), 'correlationid of the event'),
  'X-Causation-ID': describe(z.string(), 'causationid of the event'),
});

/** What the server adds to an event that it sends on. */
export const RepublishedHeaders = EventHeaders.extend({
  'Nats-Stream': describe(z.string(), 'CIM_EVENTS_ and the leaf id'),
  'Nats-Subject': describe(z.string(), 'subject it is stored under'),
  'Nats-Sequence': describe(z.string(), 'its place in the stream, in decimal'),
});

/** NATS headers of an answer; only a refusal has them. */
export const RefusalHeaders = z.object({
  'Nats-Service-Error': describe(z.string().optional(), 'one sentence; only of a refusal'),
  'Nats-Service-Error-Code': describe(z.string().optional(), 'code; only of a refusal'),
});

/** NATS headers of a part of a snapshot. */
export const SnapshotHeaders = z.object({
  'Cim-Sequence': describe(z.string(), 'of the newest event the snapshot knows of, in decimal'),
  'Cim-Version': describe(z.string(), 'of the projections: another one cannot be read'),
  'Cim-Part': describe(z.string(), 'number of this part, from 0'),
  'Cim-Next': describe(z.string().optional(), 'after of the request for the next part; none: last'),
});
