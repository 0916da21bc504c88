import {jetstream} from '@nats-io/jetstream';
import {z} from 'zod';
import {createLeafClient} from '#client/leaf-client.ts';
import {whyChain} from '#domain/event/why.ts';
import {stateBucket, stateKey} from '#domain/kv-row.ts';
import {createNatsBus} from '#drivers/nats/bus.ts';
import {connectNats} from '#drivers/nats/connect.ts';
import {createJetStreamEventReader} from '#drivers/nats/event-reader.ts';
import {eventStreamName} from '#drivers/nats/event-stream.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {createSystemIds} from '#drivers/system/ids.ts';
import {createPast} from '#services/past.ts';
import {childNamed} from '#test/support/child-named.ts';
import {LONG_LIFE_PORTS, longHistory} from '#test/support/long-history.ts';
import {silentLog} from '#test/support/silent-log.ts';
import {CIM_TUI, createLeafHome, type LeafHome} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';
import type {Measurement} from './measurement.ts';
import {residentMb} from './processes.ts';
import {atLeast, atMost, type Reading, reading} from './reading.ts';
import {openScreen} from './screen.ts';
import {percentile} from './statistics.ts';
import {type OpenStore, startGround} from './store-ground.ts';

const EVENTS = 1_000_000;
const MOMENTS = 40;
const CHAINS = 300;
const LOADS = 400;
const HISTORIES = 10;
const PEER_EVENTS = 300_000;

const Connection = z.object({
  leaf: z.string(),
  url: z.string(),
  creds: z.string(),
  actor: z.string(),
});

/** A leaf with a million events: how soon its state is there, of now, of then, and what that takes. */
export const million: Measurement = {
  name: 'million',
  async read({signal}) {
    await using stack = new AsyncDisposableStack();
    const leaf = await createLeafHome();
    stack.defer(() => leaf.stop());
    const filling = await startGround(leaf.home, signal);
    await fill(await filling.openStore(), filling.leafId, signal).finally(() => filling.stop());

    const ground = await startGround(leaf.home, signal);
    const readings: Reading[] = [];
    try {
      readings.push(
        reading('1 M events: server ready after a restart', 'ms', ground.readyMs),
        ...(await replays(ground)),
        ...(await moments(await ground.openStore(), signal)),
        ...(await chains(await ground.openStore(), ground.leafId)),
      );
    } finally {
      await ground.stop();
    }
    const restarted = await startGround(leaf.home, signal);
    readings.push(...(await histories(await restarted.openStore(), signal)));
    await restarted.stop();
    return [...readings, ...(await realPrograms(leaf, signal))];
  },
};

async function fill({store}: OpenStore, leafId: string, signal: AbortSignal): Promise<void> {
  let {sequence: expectedSequence} = await store.open(signal);
  for (const batch of longHistory(leafId, EVENTS)) {
    const result = await store.append(batch, {expectedSequence, epoch: 1, signal});
    if (result.kind !== 'appended') throw new Error(`fill: ${result.kind}`);
    expectedSequence = result.last;
  }
}

/** From event 1 on, keeping states; then from the newest of these. */
async function replays(ground: {
  readonly leafId: string;
  openStore(): Promise<OpenStore>;
}): Promise<readonly Reading[]> {
  const bare = await readBare(await ground.openStore(), ground.leafId);
  const first = await ground.openStore();
  const replayMs = await timed(() => first.openJournal('first'));
  const second = await ground.openStore();
  const stateMs = await timed(() => second.openJournal('newest'));
  return [
    reading('replay into all projections', 'k/s', EVENTS / replayMs, {
      peers: [{name: 'raw client reads', value: bare}],
      bound: atLeast(60, 'k/s'),
    }),
    reading('1 M events: state from snapshot and tail', 'ms', stateMs, {bound: atMost(1000, 'ms')}),
  ];
}

/** The client's own ordered consumer, nothing done with what comes. Thousand a second. */
async function readBare({link}: OpenStore, leafId: string): Promise<number> {
  const consumer = await jetstream(link.connection).consumers.get(eventStreamName(leafId));
  const begun = performance.now();
  let count = 0;
  for await (const _ of await consumer.consume({max_messages: 1000})) {
    count += 1;
    if (count === PEER_EVENTS) break;
  }
  return PEER_EVENTS / (performance.now() - begun);
}

async function moments({store, keeping, openJournal}: OpenStore, signal: AbortSignal) {
  const journal = await openJournal('newest');
  const past = createPast({...keeping, store, now: () => journal.inventory(), signal});
  const times: number[] = [];
  for (let index = 0; index < MOMENTS; index += 1) {
    // Far from each other, and from any kept state.
    const place = 1 + ((index * 618_034 + 19_999) % (EVENTS - 1));
    times.push(await timed(() => past.at(place)));
  }
  return [
    reading('1 M events: state at any sequence, p95', 'ms', percentile(times, 0.95), {
      bound: atMost(1000, 'ms'),
    }),
  ];
}

/** What `w` and `event why` read, anywhere in the store. */
async function chains({link}: OpenStore, leafId: string): Promise<readonly Reading[]> {
  const client = createLeafClient({
    leafId,
    actor: 'bench',
    channel: 'cli',
    origin: {},
    bus: createNatsBus({link, log: silentLog}),
    events: createJetStreamEventReader({link, leafId}),
    codec: createCodec(),
    ids: createSystemIds(),
    timeoutMs: 5000,
  });
  const anywhere = (): number => 1 + Math.floor(Math.random() * EVENTS);
  const times: number[] = [];
  while (times.length < CHAINS) {
    times.push(await timed(() => whyChain(client.readEvent, anywhere())));
  }
  return [
    reading('1 M events: why, p95', 'ms', percentile(times, 0.95), {bound: atMost(100, 'ms')}),
  ];
}

/** All events of one aggregate, spread over all the store: what rows of state spare their readers. */
async function histories({store}: OpenStore, signal: AbortSignal): Promise<readonly Reading[]> {
  const times: number[] = [];
  let events = 0;
  while (times.length < HISTORIES) {
    const id = `usb-${(times.length * 77) % LONG_LIFE_PORTS}`;
    times.push(
      await timed(async () => {
        for await (const _ of store.readAggregate('port', id, signal)) events += 1;
      }),
    );
  }
  const name = `1 M events: all ${Math.round(events / HISTORIES)} of one port, median`;
  return [reading(name, 'ms', percentile(times, 0.5))];
}

/** Rows of ports as a program reads them from an agent that has just started. */
async function rowLoads(leaf: LeafHome, signal: AbortSignal): Promise<Reading> {
  const [told] = await leaf.json('connect');
  const {url, creds, actor, leaf: leafId} = Connection.parse(told);
  const inboxPrefix = `_INBOX.${actor}`;
  const link = await connectNats({url, credsPath: creds, name: 'bench', inboxPrefix, signal});
  const bucket = stateBucket(leafId);
  const keyOf = (index: number) => `$KV.${bucket}.${stateKey('port', `usb-${index}`)}`;
  const read = (index: number) =>
    link.request(`$JS.API.DIRECT.GET.KV_${bucket}.${keyOf(index)}`, '', {timeoutMs: 5000});
  const isThere = async (index: number) => (await read(index)).headers?.code === 0;
  await until(() => isThere(LONG_LIFE_PORTS - 1), Boolean, 30_000);
  const times: number[] = [];
  while (times.length < LOADS) {
    times.push(await timed(() => read(times.length % LONG_LIFE_PORTS)));
  }
  await link.connection.close();
  return reading(
    '1 M events: one aggregate loaded, cold start, p99',
    'ms',
    percentile(times, 0.99),
    {
      bound: atMost(5, 'ms'),
    },
  );
}

/** The product's own processes on that store. */
async function realPrograms(leaf: LeafHome, signal: AbortSignal): Promise<readonly Reading[]> {
  const {child, ended} = await leaf.serve();
  try {
    const pid = child.pid ?? 0;
    const serverPid = await childNamed(pid, 'nats-server');
    const screen = openScreen({
      file: CIM_TUI,
      args: [],
      env: leaf.env,
      signal,
    });
    try {
      const shownMs = await screen.drawn.next('events', (rows) =>
        rows.some((row) => row.includes('LAST CHANGES')),
      );
      return [
        await rowLoads(leaf, signal),
        reading('1 M events: exec -> real frame', 'ms', shownMs - screen.startedMs, {
          bound: atMost(500, 'ms'),
        }),
        reading('1 M events: RSS, console', 'MB', await residentMb(screen.pid), {
          bound: atMost(130, 'MB'),
        }),
        reading('1 M events: RSS, agent', 'MB', await residentMb(pid), {
          peers: [{name: 'nats-server', value: await residentMb(serverPid)}],
          bound: atMost(250, 'MB'),
        }),
      ];
    } finally {
      await screen.stop();
    }
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
