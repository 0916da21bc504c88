import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';

import type {Fact} from '#domain/catalogue.ts';
import type {CimEvent} from '#domain/envelope.ts';
import {eventSubject} from '#domain/message.ts';
import {eventStreamName} from '#drivers/nats/event-stream.ts';
import {publishToStream} from '#drivers/nats/publish.ts';
import {createSystemClock} from '#drivers/system/clock.ts';
import {createSystemIds} from '#drivers/system/ids.ts';
import type {Journal} from '#services/journal.ts';
import {stamp} from '#services/stamp.ts';
import {socketAdded} from '#test/support/facts.ts';
import type {Measurement} from './measurement.ts';
import {atLeast, type Peer, reading, shareOfPeer} from './reading.ts';
import {type OpenStore, startGround} from './store-ground.ts';

const SINGLES = 1500;
const BURST = 60_000;
/** Publishes of the raw client in flight at once, and rows of one transaction: as our batches. */
const BATCH = 500;
const PORTS = 200;

/** Events decided, checked, fenced and stored behind fsync, against the bare client and SQLite. */
export const append: Measurement = {
  name: 'append',
  async read({signal}) {
    await using stack = new AsyncDisposableStack();
    const home = await mkdtemp(join(tmpdir(), 'cim-bench-'));
    stack.defer(() => rm(home, {recursive: true, force: true}));
    const ground = await startGround(home, signal);
    stack.defer(() => ground.stop());
    const opened = await ground.openStore();
    const journal = await opened.openJournal('newest');
    await journal.submit(
      () => Array.from({length: PORTS}, (_, index) => socketAdded(portOf(index))),
      {},
    );
    const single = await rateOf(SINGLES, () => oneByOne(journal));
    const burst = await rateOf(BURST, () => atOnce(journal));
    const bare = await barePublishes(opened, ground.leafId, journal.inventory().sequence, signal);
    const sqlite = await sqliteInserts(home, ground.leafId);
    return [
      reading('append, one at a time', 'k/s', single, {
        peers: [bare.single, sqlite.single],
        bound: shareOfPeer(0.8, bare.single),
      }),
      reading('append, in a burst', 'k/s', burst, {
        peers: [bare.burst, sqlite.burst],
        bound: atLeast(15, 'k/s'),
      }),
    ];
  },
};

const portOf = (index: number): string => `usb-${index % PORTS}`;

const labelled = (index: number): Fact => ({
  type: 'cim.port.labelled.v1',
  subject: portOf(index),
  data: {label: `Socket ${index}`, before: {label: `Socket ${index - PORTS}`}},
});

/** Decided on the state, as a command would be. */
const decideLabel =
  (index: number): Parameters<Journal['submit']>[0] =>
  ({ports}) =>
    ports[portOf(index)] === undefined ? {refused: 'unknown-port'} : [labelled(index)];

const BY_ANNA = {actor: 'anna', channel: 'cli'} as const;

async function oneByOne(journal: Journal): Promise<void> {
  for (let index = 0; index < SINGLES; index += 1) {
    await journal.submit(decideLabel(index), BY_ANNA);
  }
}

async function atOnce(journal: Journal): Promise<void> {
  await Promise.all(
    Array.from({length: BURST}, (_, index) => journal.submit(decideLabel(index), BY_ANNA)),
  );
}

/** Thousand a second. */
async function rateOf(count: number, work: () => Promise<void> | void): Promise<number> {
  const begun = performance.now();
  await work();
  return count / (performance.now() - begun);
}

const samples = (leafId: string, count: number): readonly CimEvent[] => {
  const who = {leafId, bootId: null, clock: createSystemClock(), ids: createSystemIds()};
  return Array.from({length: count}, (_, index) => labelled(index)).flatMap((fact) =>
    stamp([fact], BY_ANNA, who),
  );
};

/** The same messages through the client alone: fenced one by one; then many in flight, unfenced. */
async function barePublishes(
  {link}: OpenStore,
  leafId: string,
  last: number,
  signal: AbortSignal,
): Promise<{readonly single: Peer; readonly burst: Peer}> {
  const messages = samples(leafId, SINGLES).map((event) => ({
    subject: eventSubject(leafId, event.type, event.subject),
    body: JSON.stringify(event),
    headers: {'Nats-Msg-Id': event.id, 'Nats-Expected-Stream': eventStreamName(leafId)},
  }));
  const single = await rateOf(SINGLES, async () => {
    let sequence = last;
    for (const {subject, body, headers} of messages) {
      const fence = {'Nats-Expected-Last-Sequence': String(sequence)};
      sequence = await publishToStream(
        link,
        {subject, body, headers: {...headers, ...fence}},
        signal,
      );
    }
  });
  const plain = samples(leafId, BURST / 10).map((event) => ({
    subject: eventSubject(leafId, event.type, event.subject),
    body: JSON.stringify(event),
    headers: {'Nats-Msg-Id': event.id},
  }));
  const burst = await rateOf(plain.length, async () => {
    for (let from = 0; from < plain.length; from += BATCH) {
      await Promise.all(
        plain.slice(from, from + BATCH).map((message) => publishToStream(link, message, signal)),
      );
    }
  });
  return {
    single: {name: 'raw client', value: single},
    burst: {name: 'raw client', value: burst},
  };
}

/** WAL, synchronous FULL: as durable; a transaction for each event, then one for 500. */
async function sqliteInserts(home: string, leafId: string) {
  const database = new DatabaseSync(join(home, 'peer.sqlite'));
  database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL');
  database.exec('CREATE TABLE events (sequence INTEGER PRIMARY KEY, id TEXT UNIQUE, body TEXT)');
  const insert = database.prepare('INSERT INTO events (id, body) VALUES (?, ?)');
  const rows = samples(leafId, SINGLES).map((event) => [event.id, JSON.stringify(event)] as const);
  const single = await rateOf(SINGLES, () => {
    for (const [id, body] of rows) insert.run(id, body);
  });
  const many = samples(leafId, BURST).map((event) => [event.id, JSON.stringify(event)] as const);
  const burst = await rateOf(BURST, () => {
    for (let from = 0; from < many.length; from += BATCH) {
      database.exec('BEGIN');
      for (const [id, body] of many.slice(from, from + BATCH)) insert.run(id, body);
      database.exec('COMMIT');
    }
  });
  database.close();
  return {single: {name: 'SQLite', value: single}, burst: {name: 'SQLite', value: burst}};
}
