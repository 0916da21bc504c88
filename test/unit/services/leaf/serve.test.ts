import {expect, it} from 'vitest';

import type {EventStore} from '#contracts/event-store.ts';
import {CimError} from '#domain/errors.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createMemoryContainerManager} from '#drivers/memory/container-manager.ts';
import {createMemoryDeviceMonitor} from '#drivers/memory/device-monitor.ts';
import {createMemoryEventStore} from '#drivers/memory/event-store.ts';
import {createMemoryStream} from '#drivers/memory/event-stream.ts';
import {createMemoryIds} from '#drivers/memory/ids.ts';
import {createMemorySnapshots} from '#drivers/memory/snapshots.ts';
import {createMemoryBus} from '#drivers/memory-bus/memory-bus.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {startLeafService} from '#services/leaf/serve.ts';
import {bridgeOf} from '#test/support/hardware.ts';
import {silentLog} from '#test/support/silent-log.ts';

const STORE_ID = '0b0e7c1e-5f0a-4f0c-9a70-8a2f0f5b7f10';

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
  const service = await startLeafService(
    {
      agent: {leafId: 'l', storeId: STORE_ID, bootId: null, version: '1'},
      epoch: 1,
      store: sometimesFull,
      snapshots: createMemorySnapshots(),
      bus: createMemoryBus({log: silentLog}),
      codec: createCodec(),
      clock,
      ids: createMemoryIds(),
      log: silentLog,
      monitor,
      links: monitor.links,
      usage: {read: async () => ({})},
      meter: {read: () => Promise.reject(new CimError('process-failed', 'no host here'))},
      containers: createMemoryContainerManager(),
    },
    new AbortController().signal,
  );
  isFull = true;
  monitor.plug([bridgeOf('br0', 7)]);
  await clock.turn(500);
  isFull = false;
  await clock.turn(2000);
  const ports = Object.values(service.journal.inventory().ports);
  expect(ports.map(({name}) => name)).toEqual(['br0']);
  await service.stop('signal');
});
