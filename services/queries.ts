import type {Bus, BusReply} from '#contracts/bus.ts';
import type {Codec} from '#contracts/codec.ts';
import {type Refusal, refusalAnswer} from '#domain/command.ts';
import {type Containers, UNREAD_CONTAINERS} from '#domain/container/container.ts';
import type {JobProgresses} from '#domain/job/progress.ts';
import type {HostMetrics} from '#domain/leaf/host-metrics.ts';
import type {PortUsers} from '#domain/port/user.ts';
import {QueryRequest} from '#domain/query.ts';
import {type RoleLinkReadings, UNREAD_ROLE_LINKS} from '#domain/role/link.ts';
import {INVENTORY_VERSION, type Inventory, initialInventory} from '#projections/inventory.ts';

import {replyWith} from './dispatch.ts';
import type {Moment, Past} from './past.ts';

/** The state that queries are answered from. */
export interface Picture {
  readonly inventory: Inventory;
  readonly users: PortUsers;
  /** What cannot be seen here and the remedy, or null. */
  readonly limit: string | null;
  /** null: not read yet. */
  readonly host: HostMetrics | null;
  readonly containers: Containers;
  readonly roleLinks: RoleLinkReadings;
  /** Of the jobs that run. */
  readonly progress: JobProgresses;
}

/** One view: its rows, made from the picture, or why there can be none. Pure. */
export interface Query {
  readonly view: string;
  readonly verb: string;
  rows(picture: Picture, request: QueryRequest): readonly unknown[] | Refusal;
}

export interface QueriesOptions {
  readonly leafId: string;
  readonly bus: Bus;
  readonly codec: Codec;
  readonly queries: readonly Query[];
  readonly picture: () => Picture;
  /** The state at a moment. */
  readonly past: Past;
  /** Resolves when the picture holds a sequence. */
  readonly reached: (sequence: number) => Promise<void>;
  /** Called at each request, so that the agent knows somebody is there. */
  readonly onAsked: () => void;
}

/** Packed parts of a snapshot are at most this long, rows of a page about that. */
const PART_BYTES = 512 * 1024;

/** Answers queries on the bus until stopped. */
export function startQueries(options: QueriesOptions): {stop(): void} {
  const {leafId, bus, codec, queries, reached, onAsked} = options;
  const snapshot = createSnapshotParts(codec);
  const respond = (name: string, answer: (picture: Picture, request: QueryRequest) => BusReply) =>
    bus.respond(`cim.${leafId}.queries.${name}`, async ({body}) => {
      onAsked();
      const request = readRequest(codec, body);
      if ('refused' in request) {
        return replyWith(codec, refusalAnswer('', request));
      }
      await reached(request.seen ?? 0);
      const picture =
        request.at === undefined ? options.picture() : await pictureAt(options, request.at);
      return 'refused' in picture
        ? replyWith(codec, refusalAnswer('', picture))
        : answer(picture, request);
    });
  const subscriptions = [
    respond('snapshot.get', (picture, request) => snapshot(picture, request)),
    ...queries.map((query) =>
      respond(`${query.view}.${query.verb}`, (picture, request) => {
        const rows = query.rows(picture, request);
        return 'refused' in rows
          ? replyWith(codec, refusalAnswer('', rows))
          : {body: pageOf(codec, picture.inventory, rows, request)};
      }),
    ),
  ];
  return {
    stop() {
      for (const subscription of subscriptions) {
        subscription.stop();
      }
    },
  };
}

/** What was read live then is not kept: it is unknown. */
async function pictureAt({past}: QueriesOptions, moment: Moment): Promise<Picture | Refusal> {
  const inventory = await past.at(moment);
  return 'refused' in inventory
    ? inventory
    : {
        inventory,
        users: {},
        limit: null,
        host: null,
        containers: PAST_CONTAINERS,
        roleLinks: UNREAD_ROLE_LINKS,
        progress: {},
      };
}

const PAST_CONTAINERS: Containers = {
  ...UNREAD_CONTAINERS,
  limit: {refused: 'not-kept', detail: 'which containers ran'},
};

function readRequest(codec: Codec, body: Uint8Array): QueryRequest | Refusal {
  const request = QueryRequest.safeParse(body.length === 0 ? {} : codec.decode(body));
  return request.success
    ? request.data
    : {refused: 'bad-request', detail: request.error.issues[0]?.message ?? 'not JSON'};
}

/** One page of rows that stays below max_payload; `next` names where the following one begins. */
function pageOf(
  codec: Codec,
  {sequence, lastSeen, clock}: Inventory,
  rows: readonly unknown[],
  {after, limit = rows.length}: QueryRequest,
): Uint8Array {
  const start = Number(after ?? 0) || 0;
  let size = 0;
  let end = start;
  while (end < rows.length && end - start < limit) {
    size += codec.encode(rows[end]).length;
    if (size > PART_BYTES && end > start) {
      break;
    }
    end += 1;
  }
  const next = end < rows.length ? {next: String(end)} : {};
  return codec.encode({sequence, time: lastSeen, clock, rows: rows.slice(start, end), ...next});
}

/**
 * Snapshots in parts, each tagged with sequence and version. A client takes part 0 and goes on
 * with `after` while `Cim-Next` says so; the parts of one snapshot are kept until a newer one is
 * made. Who uses what changes without an event, so it is not the sequence that makes one newer.
 */
function createSnapshotParts(codec: Codec) {
  let made: Made | undefined;
  return (picture: Picture, {after}: QueryRequest) => {
    const [, edition, part] = /^(\d+):(\d+)$/.exec(after ?? '') ?? [];
    const isGoingOn = made !== undefined && Number(edition) === made.edition;
    if (made === undefined || !(isGoingOn || isSamePicture(made.picture, picture))) {
      made = {picture, packed: codec.pack(forConsole(picture)), edition: (made?.edition ?? 0) + 1};
    }
    const number = isGoingOn ? Number(part) : 0;
    const end = (number + 1) * PART_BYTES;
    const hasMore = end < made.packed.length;
    return {
      body: made.packed.subarray(number * PART_BYTES, end),
      headers: {
        'Cim-Sequence': String(made.picture.inventory.sequence),
        'Cim-Version': INVENTORY_VERSION,
        'Cim-Part': String(number),
        ...(hasMore ? {'Cim-Next': `${made.edition}:${number + 1}`} : {}),
      },
    };
  };
}

/** Answers to commands are the agent's own affair, and there are many. */
const forConsole = (picture: Picture): Picture => ({
  ...picture,
  inventory: {...picture.inventory, answers: initialInventory.answers},
});

interface Made {
  readonly picture: Picture;
  readonly packed: Uint8Array;
  readonly edition: number;
}

const isSamePicture = (a: Picture, b: Picture): boolean =>
  a.inventory === b.inventory &&
  a.users === b.users &&
  a.limit === b.limit &&
  a.host === b.host &&
  a.containers === b.containers &&
  a.roleLinks === b.roleLinks &&
  a.progress === b.progress;
