import {z} from 'zod';

/** Name that every leaf's service layer has among the micro services of a server. */
export const MICRO_NAME = 'cim-leaf';

/** What the NATS micro protocol (ADR-32) asks: who is there, what it offers, how it fares. */
export const MICRO_VERBS = ['PING', 'INFO', 'STATS'] as const;
export type MicroVerb = (typeof MICRO_VERBS)[number];

/** Subjects a service answers one of these on: as everybody, as one of its name, as itself. */
export const microSubjects = (verb: MicroVerb, id: string): readonly string[] => [
  `$SRV.${verb}`,
  `$SRV.${verb}.${MICRO_NAME}`,
  `$SRV.${verb}.${MICRO_NAME}.${id}`,
];

// Other programs' services answer too: what is read of them is what the protocol demands.
const Identity = z.looseObject({
  name: z.string(),
  id: z.string(),
  version: z.string(),
  metadata: z.record(z.string(), z.string()).nullish(),
});

/** An answer to `$SRV.INFO`. */
export const MicroInfo = Identity.extend({
  type: z.literal('io.nats.micro.v1.info_response'),
  description: z.string(),
  endpoints: z
    .array(
      z.looseObject({
        name: z.string(),
        subject: z.string(),
        queue_group: z.string().optional(),
        metadata: z.record(z.string(), z.string()).nullish(),
      }),
    )
    .default([]),
});
export type MicroInfo = z.infer<typeof MicroInfo>;

/** An answer to `$SRV.STATS`; times in nanoseconds. */
export const MicroStats = Identity.extend({
  type: z.literal('io.nats.micro.v1.stats_response'),
  started: z.string(),
  endpoints: z.array(
    z.looseObject({
      name: z.string(),
      subject: z.string(),
      queue_group: z.string().optional(),
      num_requests: z.number(),
      num_errors: z.number(),
      last_error: z.string(),
      processing_time: z.number(),
      average_processing_time: z.number(),
    }),
  ),
});
export type MicroStats = z.infer<typeof MicroStats>;
