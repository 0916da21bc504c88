import {expect, test} from 'vitest';

import type {BusStatus} from '#contracts/bus.ts';
import {isCimError} from '#domain/errors.ts';
import {createMemoryBus, createMemoryBusHub} from '#drivers/memory-bus/memory-bus.ts';
import {createKeptLog, silentLog} from '#test/support/silent-log.ts';
import {busSuite} from './bus.suite.ts';

busSuite('memory-bus', async () => {
  const log = createKeptLog();
  const hub = createMemoryBusHub();
  return {
    bus: createMemoryBus({log, hub}),
    other: createMemoryBus({log, hub}),
    lines: log.lines,
    stop: async () => undefined,
  };
});

test('a cut line is told, and swallows requests until their time is up', async () => {
  const hub = createMemoryBusHub();
  const bus = createMemoryBus({log: silentLog, hub});
  const told: BusStatus['kind'][] = [];
  bus.onStatus(({kind}) => told.push(kind));
  bus.respond('cim.x.a', async () => ({body: new Uint8Array()}));
  hub.setLive(false);
  const asked = bus.request('cim.x.a', new Uint8Array(), {timeoutMs: 20});
  await expect(asked).rejects.toSatisfy((error) => isCimError(error, 'time-is-up'));
  await expect(bus.roundTrip()).rejects.toSatisfy((error) => isCimError(error, 'time-is-up'));
  hub.setLive(true);
  await bus.request('cim.x.a', new Uint8Array(), {timeoutMs: 1000});
  expect(told).toEqual(['lost', 'live']);
});

test('a closed bus answers no more', async () => {
  const hub = createMemoryBusHub();
  const bus = createMemoryBus({log: silentLog, hub});
  bus.respond('cim.x.a', async () => ({body: new Uint8Array()}));
  await bus.close();
  const asked = createMemoryBus({log: silentLog, hub}).request('cim.x.a', new Uint8Array(), {
    timeoutMs: 1000,
  });
  await expect(asked).rejects.toSatisfy((error) => isCimError(error, 'no-agent'));
});
