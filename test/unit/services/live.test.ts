import {expect, it} from 'vitest';

import type {Bus} from '#contracts/bus.ts';
import type {Uevent} from '#domain/kernel-device.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createMemoryBus} from '#drivers/memory-bus/memory-bus.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {createLiveFeed} from '#services/live.ts';
import {silentLog} from '#test/support/silent-log.ts';

/** What nats-server takes in one message. */
const MAX_PAYLOAD = 1024 * 1024;

function openFeed(publish: Bus['publish']) {
  const clock = createMemoryClock();
  const bus = {...createMemoryBus({log: silentLog}), publish};
  const beat = () => ({version: '1', limit: null, sequence: 0});
  const feed = createLiveFeed({
    leafId: 'l',
    bus,
    codec: createCodec(),
    clock,
    log: silentLog,
    beat,
  });
  return {clock, feed};
}

const uevent = (bytes: number): Uevent => ({
  source: 'udev',
  action: 'add',
  devpath: '/devices/x',
  subsystem: 'block',
  seqnum: 1,
  properties: {DEVLINKS: 'x'.repeat(bytes)},
});

it('sends no more raw uevents at once than a message may hold, and counts the rest', async () => {
  const bodies: Uint8Array[] = [];
  const {clock, feed} = openFeed((_, body) => void bodies.push(body));
  for (let count = 0; count < 200; count += 1) {
    feed.uevent(uevent(8192));
  }
  await clock.turn(100);
  const [body = new Uint8Array()] = bodies;
  expect(body.length).toBeLessThan(MAX_PAYLOAD);
  const {uevents, omitted} = JSON.parse(new TextDecoder().decode(body));
  expect(uevents.length + omitted).toBe(200);
});

it('goes on after a message that could not be sent', async () => {
  let sent = 0;
  const {clock, feed} = openFeed(() => {
    sent += 1;
    throw new TypeError('closed');
  });
  feed.start();
  await clock.turn(4000);
  expect(sent).toBe(3);
  feed.stop();
});
