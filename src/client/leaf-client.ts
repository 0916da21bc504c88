import type {z} from 'zod';

import type {Bus} from '#contracts/bus.ts';
import type {Codec} from '#contracts/codec.ts';
import type {EventReader} from '#contracts/event-store.ts';
import type {IdSource} from '#contracts/ids.ts';
import {Answer, commandSubject, type Origin} from '#domain/command.ts';
import {CimError, ERROR_TEXTS, isErrorCode} from '#domain/errors.ts';
import {tokenFromId} from '#domain/ids.ts';
import type {StoredMessage} from '#domain/message.ts';
import {QueryPage} from '#domain/query.ts';

import type {Service} from './leaf.ts';
import {findServices} from './services.ts';

export interface LeafClientOptions {
  readonly leafId: string;
  /** Login name: the only one the server lets us act under. */
  readonly actor: string;
  readonly channel: 'console' | 'cli' | 'nats';
  readonly origin: Origin;
  readonly bus: Bus;
  readonly events: EventReader;
  readonly codec: Codec;
  readonly ids: IdSource;
  readonly timeoutMs: number;
}

/** A wish to send. */
export interface WishRequest {
  readonly aggregate: string;
  readonly verb: string;
  readonly target: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Sequence of the picture that the person saw. */
  readonly seen?: number | undefined;
  /** Sent again under the same id, a command gets its first answer. */
  readonly id?: string | undefined;
}

export interface Page {
  readonly sequence: number;
  /** Time of the event at that sequence; null: there is none, or an older leaf does not say. */
  readonly time: string | null;
  readonly rows: readonly unknown[];
}

/** The state as of a sequence: the agent's own projections. */
export interface Snapshot {
  readonly sequence: number;
  /** Version of the projections: another one cannot be read here. */
  readonly version: string;
  readonly content: unknown;
}

/** A leaf as console, command line and other programs reach it. */
export interface LeafClient {
  readonly leafId: string;
  readonly actor: string;
  /** @throws CimError `no-agent`, `time-is-up`, `nats-refused` */
  send(wish: WishRequest): Promise<Answer>;
  /** Every row of a view. @throws CimError as `send` */
  query(view: string, verb: string, request?: Readonly<Record<string, unknown>>): Promise<Page>;
  /** Now, or as of a sequence or time. @throws CimError as `query` */
  snapshot(at?: number | string): Promise<Snapshot>;
  readonly events: EventReader;
  /** What stands at a sequence, asked of the store itself; undefined: nothing. @throws as `send` */
  readEvent(sequence: number): Promise<StoredMessage | undefined>;
  /** What answers `$SRV` where this leaf is: the leaf itself and other micro services. @throws as `send` */
  services(): Promise<readonly Service[]>;
  /** Live messages of a kind (`uevent`, `user`, `container`, `agent`) until stopped. */
  onLive(kind: string, listener: (value: unknown) => void): {stop(): void};
}

/** A client over an open connection. It holds nothing that needs to be ended. */
export function createLeafClient(options: LeafClientOptions): LeafClient {
  const {leafId, actor, bus, codec, events, timeoutMs} = options;
  return {
    leafId,
    actor,
    events,
    send: (wish) => send(options, wish),
    readEvent: (sequence) => events.read(sequence, AbortSignal.timeout(timeoutMs)),
    async query(view, verb, request = {}) {
      const rows: unknown[] = [];
      let sequence = 0;
      let time: string | null = null;
      let after: string | undefined;
      do {
        const body = codec.encode({...request, ...(after === undefined ? {} : {after})});
        const reply = await bus.request(`cim.${leafId}.queries.${view}.${verb}`, body, {timeoutMs});
        const page = readPage(codec.decode(reply.body), `query ${view}.${verb}`);
        rows.push(...page.rows);
        ({sequence, time} = page);
        after = page.next;
      } while (after !== undefined);
      return {sequence, time, rows};
    },
    services: () => findServices(options),
    snapshot: (at) => fetchSnapshot(options, at === undefined ? {} : {at}),
    onLive: (kind, listener) =>
      bus.subscribe(`cim.${leafId}.live.${kind}.*`, ({body}) => listener(codec.decode(body))),
  };
}

async function send(
  {leafId, actor, channel, origin, bus, codec, ids, timeoutMs}: LeafClientOptions,
  {aggregate, verb, ...wish}: WishRequest,
): Promise<Answer> {
  const subject = commandSubject(leafId, tokenFromId(actor), {aggregate, verb});
  const id = wish.id ?? ids.messageId();
  const body = codec.encode({...wish, id, channel, origin});
  const reply = await bus.request(subject, body, {timeoutMs});
  return readBody(Answer, codec.decode(reply.body), `${aggregate} ${verb}`);
}

/** Parts are asked for until the last; a snapshot that changes between parts is begun again. */
async function fetchSnapshot(
  {leafId, bus, codec, timeoutMs}: LeafClientOptions,
  moment: {readonly at?: number | string},
): Promise<Snapshot> {
  const subject = `cim.${leafId}.queries.snapshot.get`;
  let parts: Uint8Array[] = [];
  let sequence = '';
  let after: string | undefined;
  for (;;) {
    const body = codec.encode(after === undefined ? moment : {...moment, after});
    const reply = await bus.request(subject, body, {timeoutMs});
    if (reply.headers['Nats-Service-Error-Code'] !== undefined) {
      readPage(codec.decode(reply.body), 'snapshot');
    }
    const {
      'Cim-Sequence': tag = '0',
      'Cim-Version': version = '',
      'Cim-Next': next,
    } = reply.headers;
    const isFirst = reply.headers['Cim-Part'] === '0';
    parts = isFirst ? [reply.body] : [...parts, reply.body];
    if (!isFirst && tag !== sequence) {
      throw new CimError('nats-failed', `snapshot: part of ${tag} came behind ${sequence}`);
    }
    sequence = tag;
    if (next === undefined) {
      return {sequence: Number(tag), version, content: codec.unpack(joinParts(parts))};
    }
    after = next;
  }
}

function joinParts(parts: readonly Uint8Array[]): Uint8Array {
  const [only, second] = parts;
  if (only !== undefined && second === undefined) {
    return only;
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** @throws CimError with the code of a refusal, `nats-failed` for what is no page either */
function readPage(value: unknown, what: string): QueryPage {
  const refusal = Answer.safeParse(value);
  if (refusal.success && !refusal.data.ok && isErrorCode(refusal.data.code)) {
    const {code, message} = refusal.data;
    // Whoever reads the error puts the sentence of its code before it.
    throw new CimError(code, `${what}: ${message.replace(`${ERROR_TEXTS[code].sentence}: `, '')}`);
  }
  return readBody(QueryPage, value, what);
}

function readBody<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
): z.infer<Schema> {
  const read = schema.safeParse(value);
  if (!read.success) {
    throw new CimError('nats-failed', `${what}: the answer has another shape`, {cause: read.error});
  }
  return read.data;
}
