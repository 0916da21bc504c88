import {createLeafClient, type LeafClient} from '#client/leaf-client.ts';
import {whyChain} from '#domain/event/why.ts';
import {createNatsBus} from '#drivers/nats/bus.ts';
import {createJetStreamEventReader} from '#drivers/nats/event-reader.ts';
import {createJetStreamEventStore} from '#drivers/nats/event-store.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {createSystemIds} from '#drivers/system/ids.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';
import {startTestServer, type TestServer} from '#test/support/nats.ts';
import {silentLog} from '#test/support/silent-log.ts';
import type {Measurement} from './measurement.ts';
import {atMost, reading} from './reading.ts';
import {percentile} from './statistics.ts';

const EVENTS = 1_000_000;
const PORTS = 200;
const BATCH = 1000;
/** Each event but every fourth such follows from the one so many before it. */
const BACK = 777;
const ROUNDS = 300;
/** About as many events as the cells of one row are from, at worst. */
const ROW_EVENTS = 15;

/** What `w` and `event why` read from a store of a million events, anywhere in it. */
export const why: Measurement = {
  name: 'why',
  async read({signal}) {
    await using stack = new AsyncDisposableStack();
    const server = await startTestServer('bench');
    stack.defer(() => server.stop());
    await fill(server, signal);
    const client = await clientOf(server);
    const anywhere = (): number => 1 + Math.floor(Math.random() * EVENTS);
    const chains = await repeat(() => whyChain(client.readEvent, anywhere()));
    const rows = await repeat(() =>
      Promise.all(Array.from({length: ROW_EVENTS}, () => client.readEvent(anywhere()))),
    );
    return [
      reading('chain in 1 M events, p95', 'ms', percentile(chains, 0.95), {
        bound: atMost(100, 'ms'),
      }),
      reading(`${ROW_EVENTS} events of a row, p95`, 'ms', percentile(rows, 0.95)),
    ];
  },
};

async function fill({leafId, storeId, ...server}: TestServer, signal: AbortSignal): Promise<void> {
  const link = await server.connectAgent();
  const store = createJetStreamEventStore({link, leafId, storeId, maxBytes: 4 * 2 ** 30});
  await store.open(signal);
  for (let expectedSequence = 0; expectedSequence < EVENTS; expectedSequence += BATCH) {
    const events = Array.from({length: BATCH}, (_, index) =>
      eventAt(leafId, expectedSequence + index + 1),
    );
    await store.append(events, {expectedSequence, epoch: 1, signal});
  }
}

function eventAt(leafId: string, sequence: number) {
  const event = labelledEnvelope(leafId, `usb-${sequence % PORTS}`, `label ${sequence}`);
  const isRoot = Math.floor(sequence / BACK) % 4 === 0;
  return isRoot ? event : {...event, causationsequence: String(sequence - BACK)};
}

async function clientOf(server: TestServer): Promise<LeafClient> {
  const {leafId} = server;
  const link = await server.connectConsole('anna');
  return createLeafClient({
    leafId,
    actor: 'anna',
    channel: 'cli',
    origin: {},
    bus: createNatsBus({link, log: silentLog}),
    events: createJetStreamEventReader({link, leafId}),
    codec: createCodec(),
    ids: createSystemIds(),
    timeoutMs: 5000,
  });
}

async function repeat(once: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  while (times.length < ROUNDS) {
    const startMs = performance.now();
    await once();
    times.push(performance.now() - startMs);
  }
  return times;
}
