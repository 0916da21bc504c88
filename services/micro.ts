import type {Bus, BusReply} from '#contracts/bus.ts';
import type {Clock} from '#contracts/clock.ts';
import type {Codec} from '#contracts/codec.ts';
import type {IdSource} from '#contracts/ids.ts';
import {MICRO_NAME, MICRO_VERBS, type MicroVerb, microSubjects} from '#domain/micro.ts';

import type {Query} from './queries.ts';
import type {UseCase} from './use-case.ts';

export interface MicroOptions {
  readonly leafId: string;
  /** Of this program: semantic. */
  readonly version: string;
  readonly bus: Bus;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly useCases: readonly UseCase[];
  readonly queries: readonly Pick<Query, 'view' | 'verb'>[];
}

/** The leaf as a NATS micro service: found and measured by `$SRV`. */
export interface Micro {
  /** The bus, counting what is answered over it. */
  readonly bus: Bus;
  /** Answers `$SRV.PING`, `.INFO` and `.STATS` until stopped. */
  start(): void;
  stop(): void;
}

interface Endpoint {
  readonly name: string;
  readonly subject: string;
  readonly metadata: Readonly<Record<string, string>>;
  requests: number;
  errors: number;
  lastError: string;
  spentMs: number;
}

const NANOSECONDS_IN_MS = 1e6;

/**
 * Each command and each query is an endpoint. There is no queue group: one agent serves a leaf, and
 * a member that hangs would go on getting its share.
 */
export function createMicro(options: MicroOptions): Micro {
  const {leafId, version, bus, codec, clock, ids} = options;
  const endpoints = endpointsOf(options);
  const byName = new Map(endpoints.map((endpoint) => [endpoint.name, endpoint]));
  const identity = {name: MICRO_NAME, id: ids.messageId(), version, metadata: {leaf: leafId}};
  const started = clock.iso();
  const answers: Readonly<Record<MicroVerb, () => object>> = {
    PING: () => identity,
    INFO: () => ({
      ...identity,
      description: 'commands and queries of a leaf',
      endpoints: endpoints.map(({name, subject, metadata}) => ({name, subject, metadata})),
    }),
    STATS: () => ({...identity, started, endpoints: endpoints.map(statsOf)}),
  };
  const answer = async (verb: MicroVerb): Promise<BusReply> => {
    const type = `io.nats.micro.v1.${verb.toLowerCase()}_response`;
    return {body: codec.encode({type, ...answers[verb]()})};
  };
  let stops: readonly (() => void)[] = [];
  return {
    bus: {
      ...bus,
      respond: (pattern, handler, queue) =>
        bus.respond(
          pattern,
          (message) => {
            const endpoint = byName.get(endpointName(message.subject));
            return count(endpoint, clock, () => handler(message));
          },
          queue,
        ),
    },
    start() {
      stops = MICRO_VERBS.flatMap((verb) =>
        microSubjects(verb, identity.id).map(
          (subject) => bus.respond(subject, () => answer(verb)).stop,
        ),
      );
    },
    stop() {
      for (const stop of stops) {
        stop();
      }
    },
  };
}

function endpointsOf({leafId, useCases, queries}: MicroOptions): readonly Endpoint[] {
  const counts = {requests: 0, errors: 0, lastError: '', spentMs: 0};
  return [
    ...useCases.map(({command: {aggregate, verb, summary, danger}}) => ({
      ...counts,
      name: `command-${aggregate}-${verb}`,
      subject: `cim.${leafId}.commands.*.${aggregate}.${verb}`,
      metadata: {kind: 'command', schema: `command.${aggregate}.${verb}`, summary, danger},
    })),
    ...[...queries, {view: 'snapshot', verb: 'get'}].map(({view, verb}) => ({
      ...counts,
      name: `query-${view}-${verb}`,
      subject: `cim.${leafId}.queries.${view}.${verb}`,
      metadata: {kind: 'query', schema: `rows.${view}.${verb}`},
    })),
  ];
}

/** Which endpoint a request is for: `cim.L.commands.<actor>.port.label` is `command-port-label`. */
function endpointName(subject: string): string {
  const [, , kind, ...rest] = subject.split('.');
  const words = kind === 'commands' ? ['command', ...rest.slice(1)] : ['query', ...rest];
  return words.join('-');
}

/** A refusal is an error by the protocol: its answer bears the header that says so. */
async function count(
  endpoint: Endpoint | undefined,
  clock: Clock,
  handle: () => Promise<BusReply>,
): Promise<BusReply> {
  if (endpoint === undefined) {
    return handle();
  }
  const startMs = clock.monotonicMs();
  endpoint.requests += 1;
  let error: string | undefined = '500:the handler threw';
  try {
    const reply = await handle();
    const {'Nats-Service-Error-Code': code, 'Nats-Service-Error': words} = reply.headers ?? {};
    error = code === undefined ? undefined : `${code}:${words ?? ''}`;
    return reply;
  } finally {
    endpoint.spentMs += clock.monotonicMs() - startMs;
    if (error !== undefined) {
      endpoint.errors += 1;
      endpoint.lastError = error;
    }
  }
}

const statsOf = ({name, subject, requests, errors, lastError, spentMs}: Endpoint) => ({
  name,
  subject,
  num_requests: requests,
  num_errors: errors,
  last_error: lastError,
  processing_time: Math.round(spentMs * NANOSECONDS_IN_MS),
  average_processing_time:
    requests === 0 ? 0 : Math.round((spentMs * NANOSECONDS_IN_MS) / requests),
});
