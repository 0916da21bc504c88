import {z} from 'zod';

import {eventsFilter} from '#domain/message.ts';
import {eventStreamName} from './event-stream.ts';
import {callJetStream, JETSTREAM_ERRORS, jetStreamCode} from './jetstream-api.ts';
import type {NatsLink} from './link.ts';

/** A durable consumer of the event stream for a program of that name. */
export interface ProgramConsumerOptions {
  readonly leafId: string;
  readonly name: string;
  /** Events of these aggregates only (`port`); none named: all. */
  readonly aggregates: readonly string[];
  /** all: from the first event on; new: from now on. */
  readonly from: 'all' | 'new';
}

/** Where a program stands in the event stream. */
export const ProgramPosition = z.object({
  name: z.string(),
  created: z.string(),
  /** Not delivered yet. */
  num_pending: z.number(),
  /** Delivered and not acknowledged. */
  num_ack_pending: z.number(),
  /** Everything up to this sequence of the stream is acknowledged. */
  ack_floor: z.object({stream_seq: z.number()}),
  config: z.looseObject({
    filter_subject: z.string().optional(),
    filter_subjects: z.array(z.string()).optional(),
  }),
});
export type ProgramPosition = z.infer<typeof ProgramPosition>;

const ProgramPositions = z.object({total: z.number(), consumers: z.array(ProgramPosition)});

const NANOS_PER_S = 1_000_000_000;
const ACK_WAIT_S = 30;
const MAX_UNACKNOWLEDGED = 1000;

/**
 * Makes it where there is none; one that is there keeps its place and its filter. It can only be
 * pulled from: where a consumer pushes to is checked by nobody.
 * @throws CimError as `callJetStream`
 */
export async function ensureProgramConsumer(
  link: NatsLink,
  options: ProgramConsumerOptions,
  signal: AbortSignal,
): Promise<ProgramPosition> {
  const path = `${eventStreamName(options.leafId)}.${options.name}`;
  try {
    const subject = `CONSUMER.INFO.${path}`;
    return await callJetStream(link, {subject, answer: ProgramPosition}, signal);
  } catch (error) {
    if (jetStreamCode(error) !== JETSTREAM_ERRORS.consumerNotFound) {
      throw error;
    }
  }
  const body = {
    stream_name: eventStreamName(options.leafId),
    action: 'create',
    config: settingsOf(options),
  };
  const subject = `CONSUMER.CREATE.${path}`;
  return callJetStream(link, {subject, body, answer: ProgramPosition}, signal);
}

/** Consumers of programs, by name. @throws CimError as `callJetStream` */
export async function listProgramConsumers(
  link: NatsLink,
  leafId: string,
  signal: AbortSignal,
): Promise<readonly ProgramPosition[]> {
  const all: ProgramPosition[] = [];
  for (;;) {
    const page = await callJetStream(
      link,
      {
        subject: `CONSUMER.LIST.${eventStreamName(leafId)}`,
        body: {offset: all.length},
        answer: ProgramPositions,
      },
      signal,
    );
    all.push(...page.consumers);
    if (page.consumers.length === 0 || all.length >= page.total) {
      return all.sort((one, other) => (one.name < other.name ? -1 : 1));
    }
  }
}

const settingsOf = ({leafId, name, aggregates, from}: ProgramConsumerOptions) => ({
  durable_name: name,
  deliver_policy: from,
  ack_policy: 'explicit',
  ack_wait: ACK_WAIT_S * NANOS_PER_S,
  max_ack_pending: MAX_UNACKNOWLEDGED,
  replay_policy: 'instant',
  ...(aggregates.length === 0
    ? {filter_subject: eventsFilter(leafId)}
    : {filter_subjects: aggregates.map((aggregate) => `cim.${leafId}.events.${aggregate}.>`)}),
});
