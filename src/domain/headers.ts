import {z} from 'zod';

/** NATS headers of a stored event: WIRE.md, Event. */
export const EventHeaders = z.object({
  'Nats-Msg-Id': z.string().describe('id of the event: the server stores it once'),
  'Cim-Type': z.string().describe('type of the event'),
  'Cim-Epoch': z.string().describe('of the lease of the agent that wrote it, in decimal'),
  'Cim-Prev': z.string().describe('digest of all messages before it, lower-case hex'),
  'X-Message-ID': z.string().describe('id of the event'),
  'X-Correlation-ID': z.string().describe('correlationid of the event'),
  'X-Causation-ID': z.string().describe('causationid of the event'),
});

/** What the server adds to an event that it sends on. */
export const RepublishedHeaders = EventHeaders.extend({
  'Nats-Stream': z.string().describe('CIM_EVENTS_ and the leaf id'),
  'Nats-Subject': z.string().describe('subject it is stored under'),
  'Nats-Sequence': z.string().describe('its place in the stream, in decimal'),
});

/** NATS headers of an answer; only a refusal has them. */
export const RefusalHeaders = z.object({
  'Nats-Service-Error': z.string().optional().describe('one sentence; only of a refusal'),
  'Nats-Service-Error-Code': z.string().optional().describe('code; only of a refusal'),
});

/** NATS headers of a part of a snapshot. */
export const SnapshotHeaders = z.object({
  'Cim-Sequence': z.string().describe('of the newest event the snapshot knows of, in decimal'),
  'Cim-Version': z.string().describe('of the projections: another one cannot be read'),
  'Cim-Part': z.string().describe('number of this part, from 0'),
  'Cim-Next': z.string().optional().describe('after of the request for the next part; none: last'),
});
