import {expect, it} from 'vitest';

import {createLeafClient} from '#client/leaf-client.ts';
import {createMemoryEventStore} from '#drivers/memory/event-store.ts';
import {createMemoryStream} from '#drivers/memory/event-stream.ts';
import {createMemoryIds} from '#drivers/memory/ids.ts';
import {createMemoryBus} from '#drivers/memory-bus/memory-bus.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';
import {silentLog} from '#test/support/silent-log.ts';

const {signal} = new AbortController();

it('reads one event of the store by its sequence, and nothing where nothing stands', async () => {
  const stream = createMemoryStream({storeId: '0b0e7c1e-5f0a-4f0c-9a70-8a2f0f5b7f10'});
  const store = createMemoryEventStore({leafId: 'l', stream});
  await store.open(signal);
  const labels = ['A', 'B', 'C'].map((label) => labelledEnvelope('l', 'usb-1', label));
  await store.append(labels, {expectedSequence: 0, epoch: 1, signal});
  const bus = createMemoryBus({log: silentLog});
  const client = createLeafClient({
    leafId: 'l',
    actor: 'anna',
    channel: 'cli',
    origin: {},
    bus,
    events: store,
    codec: createCodec(),
    ids: createMemoryIds(),
    timeoutMs: 1000,
  });
  expect(await client.readEvent(2)).toMatchObject({
    kind: 'event',
    sequence: 2,
    event: {id: labels[1]?.id, data: {label: 'B'}},
  });
  expect(await client.readEvent(4)).toBeUndefined();
});
