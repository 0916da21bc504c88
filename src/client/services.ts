import type {z} from 'zod';

import type {Bus} from '#contracts/bus.ts';
import type {Codec} from '#contracts/codec.ts';
import {MicroInfo, MicroStats, type MicroVerb} from '#domain/micro.ts';

import type {Service} from './leaf.ts';

export interface FindServicesOptions {
  readonly bus: Bus;
  readonly codec: Codec;
  readonly timeoutMs: number;
}

/** How long the slowest service may lag behind the others. */
const SILENCE_MS = 250;

/**
 * Every service that answers `$SRV.INFO` and `$SRV.STATS`, by name and id. One that answers in
 * another way than the protocol has it is left out. @throws CimError `no-agent`, `time-is-up`
 */
export async function findServices(options: FindServicesOptions): Promise<readonly Service[]> {
  const [infos, stats] = await Promise.all([
    askAll(options, 'INFO', MicroInfo),
    askAll(options, 'STATS', MicroStats),
  ]);
  return infos
    .flatMap((info) => {
      const counted = stats.find(({id}) => id === info.id);
      return counted === undefined ? [] : [serviceOf(info, counted)];
    })
    .sort((one, other) => order(one.name, other.name) || order(one.id, other.id));
}

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

async function askAll<Schema extends z.ZodType>(
  {bus, codec, timeoutMs}: FindServicesOptions,
  verb: MicroVerb,
  schema: Schema,
): Promise<readonly z.infer<Schema>[]> {
  const limits = {timeoutMs, silenceMs: SILENCE_MS};
  const answers = await bus.requestAll(`$SRV.${verb}`, new Uint8Array(), limits);
  return answers.flatMap(({body}) => {
    const read = schema.safeParse(codec.decode(body));
    return read.success ? [read.data] : [];
  });
}

function serviceOf(info: MicroInfo, {started, endpoints}: MicroStats): Service {
  const {name, id, version, description, metadata} = info;
  return {
    name,
    id,
    version,
    description,
    metadata: metadata ?? {},
    started,
    endpoints: info.endpoints.map((endpoint) => {
      const counted = endpoints.find((one) => one.name === endpoint.name);
      return {
        name: endpoint.name,
        subject: endpoint.subject,
        queueGroup: endpoint.queue_group ?? null,
        metadata: endpoint.metadata ?? {},
        requests: counted?.num_requests ?? 0,
        errors: counted?.num_errors ?? 0,
        lastError: counted?.last_error ?? '',
        averageMs: (counted?.average_processing_time ?? 0) / 1e6,
      };
    }),
  };
}
