import {jetstream} from '@nats-io/jetstream';

import {eventsFilter} from '#domain/message.ts';
import {eventStreamName} from '#drivers/nats/event-stream.ts';
import {directGet} from '#drivers/nats/jetstream-api.ts';
import {createPast} from '#services/past.ts';
import {childNamed} from '#test/support/child-named.ts';
import {LONG_LIFE_PORTS, longHistory} from '#test/support/long-history.ts';
import {CIM_TUI, createLeafHome, type LeafHome} from '#test/support/stage.ts';
import type {Measurement} from './measurement.ts';
import {residentMb} from './processes.ts';
import {atLeast, atMost, type Reading, reading} from './reading.ts';
import {openScreen} from './screen.ts';
import {percentile} from './statistics.ts';
import {type OpenStore, startGround} from './store-ground.ts';

const EVENTS = 1_000_000;
const MOMENTS = 40;
const LOADS = 400;
const WHOLE_EVERY = 40;
const PEER_EVENTS = 300_000;

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
      );
    } finally {
      await ground.stop();
    }
    const restarted = await startGround(leaf.home, signal);
    readings.push(...(await aggregates(await restarted.openStore(), restarted.leafId, signal)));
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

/**
 * A server that has just started has not looked at the subjects yet. The state of an aggregate is in
 * memory by then; of its events, spread over all the store, the newest and all are read.
 */
async function aggregates({link, store}: OpenStore, leafId: string, signal: AbortSignal) {
  const newest: number[] = [];
  const all: number[] = [];
  let events = 0;
  for (let index = 0; index < LOADS; index += 1) {
    const id = `usb-${(index * 77) % LONG_LIFE_PORTS}`;
    const last = eventsFilter(leafId, 'port', id);
    newest.push(
      await timed(() => directGet(link, {stream: eventStreamName(leafId), last}, signal)),
    );
    if (index % WHOLE_EVERY === 0) {
      all.push(
        await timed(async () => {
          for await (const _ of store.readAggregate('port', id, signal)) events += 1;
        }),
      );
    }
  }
  return [
    reading('1 M events: newest of one port, cold, p99', 'ms', percentile(newest, 0.99), {
      bound: atMost(5, 'ms'),
    }),
    reading(
      `1 M events: all ${Math.round(events / all.length)} of one port, median`,
      'ms',
      percentile(all, 0.5),
    ),
  ];
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
