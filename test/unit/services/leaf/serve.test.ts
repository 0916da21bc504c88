import {expect, it} from 'vitest';

import type {EventStore} from '#contracts/event-store.ts';
import type {CimEvent} from '#domain/envelope.ts';
import {createMemoryClock, type MemoryClock} from '#drivers/memory/clock.ts';
import {
  createMemoryDeviceMonitor,
  type MemoryDeviceMonitor,
} from '#drivers/memory/device-monitor.ts';
import {createMemoryEventStore} from '#drivers/memory/event-store.ts';
import {createMemoryStream} from '#drivers/memory/event-stream.ts';
import {createMemoryIds} from '#drivers/memory/ids.ts';
import {createMemoryBus} from '#drivers/memory-bus/memory-bus.ts';
import {type LeafService, startLeafService} from '#services/leaf/serve.ts';
import {bridgeOf} from '#test/support/hardware.ts';
import {memoryMachine} from '#test/support/memory-service.ts';
import {silentLog} from '#test/support/silent-log.ts';

const STORE_ID = '0b0e7c1e-5f0a-4f0c-9a70-8a2f0f5b7f10';

const ids = createMemoryIds();

/** Starts the service layer over this store and machine. */
const serve = (
  store: EventStore,
  monitor: MemoryDeviceMonitor,
  clock: MemoryClock,
): Promise<LeafService> =>
  startLeafService(
    {
      ...memoryMachine(monitor, createMemoryBus({log: silentLog})),
      agent: {leafId: 'l', storeId: STORE_ID, bootId: null, version: '1'},
      epoch: 1,
      store,
      clock,
      ids,
    },
    new AbortController().signal,
  );

it('records what changed while the store was full once there is room', async () => {
  const stream = createMemoryStream({storeId: STORE_ID});
  const store = createMemoryEventStore({leafId: 'l', stream});
  let isFull = false;
  const sometimesFull: EventStore = {
    ...store,
    append: async (events, options) =>
      isFull ? {kind: 'store-full'} : store.append(events, options),
  };
  const clock = createMemoryClock();
  const monitor = createMemoryDeviceMonitor([]);
  const service = await serve(sometimesFull, monitor, clock);
  isFull = true;
  monitor.plug([bridgeOf('br0', 7)]);
  await clock.turn(500);
  isFull = false;
  await clock.turn(2000);
  const ports = Object.values(service.journal.inventory().ports);
  expect(ports.map(({name}) => name)).toEqual(['br0']);
  await service.stop('signal');
});

it('names what the first picture and a comparison follow from', async () => {
  const store = createMemoryEventStore({
    leafId: 'l',
    stream: createMemoryStream({storeId: STORE_ID}),
  });
  const clock = createMemoryClock();
  const monitor = createMemoryDeviceMonitor([bridgeOf('br0', 7)]);
  await (await serve(store, monitor, clock)).stop('signal');
  monitor.plug([bridgeOf('br1', 8)]);
  const service = await serve(store, monitor, clock);
  monitor.unseen((unseen) => unseen.plug([bridgeOf('br2', 9)]));
  await clock.turn(2000);
  await service.stop('signal');
  const events: CimEvent[] = [];
  for await (const message of store.readAll({from: 1, signal: new AbortController().signal})) {
    if (message.kind === 'event') {
      events.push(message.event);
    }
  }
  const told = events.map(({type, causationsequence = '-'}) => `${type} ${causationsequence}`);
  expect(told).toEqual([
    'cim.leaf.created.v1 -',
    'cim.leaf.started.v1 -',
    'cim.device.added.v1 2', // br0: of the first picture
    'cim.leaf.stopped.v1 -',
    'cim.leaf.started.v1 -',
    'cim.leaf.resynced.v1 5',
    'cim.device.added.v1 6', // br1: it came while nobody watched
    'cim.leaf.resynced.v1 -',
    'cim.device.added.v1 8', // br2: its records were lost
    'cim.leaf.stopped.v1 -',
  ]);
  const [started, resynced, added] = events.slice(4);
  expect(resynced).toMatchObject({causationid: started?.id, correlationid: started?.id});
  expect(added).toMatchObject({causationid: resynced?.id, correlationid: started?.id});
});
