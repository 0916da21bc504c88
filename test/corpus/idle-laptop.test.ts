import {readFileSync} from 'node:fs';
import {join} from 'node:path';

import {beforeAll, describe, expect, it} from 'vitest';
import {z} from 'zod';

import type {Recording, RecordingStep} from '#contracts/recording.ts';
import type {StoredMessage} from '#domain/message.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createReplayMonitor} from '#drivers/memory/replay-monitor.ts';
import {printRecording} from '#drivers/recording/print-recording.ts';
import {readRecording} from '#drivers/recording/read-recording.ts';
import {makeIdleDay, stretchToDay} from '#test/support/idle-laptop.ts';

import {openMemoryLeaf} from '../../src/wiring/memory-leaf.ts';

const MIDNIGHT_MS = Date.UTC(2026, 10, 22);
const HOUR_MS = 60 * 60 * 1000;
const Batch = z.object({uevents: z.array(z.unknown()), omitted: z.number()});

/** Lives through a recording with the real services: what is stored, and what is told live. */
async function liveThrough(recording: Recording) {
  const clock = createMemoryClock(MIDNIGHT_MS);
  const ending = new AbortController();
  const stored: StoredMessage[] = [];
  let live = 0;
  const leaf = await openMemoryLeaf(
    {
      leafId: 'laptop',
      actor: 'anna',
      monitor: createReplayMonitor(recording, clock),
      clock,
      usage: {read: async () => ({})},
      meter: {read: () => Promise.reject(new Error('no host'))},
      onStored: (message) => void stored.push(message),
    },
    ending.signal,
  );
  leaf.client.onLive('uevent', (value) => {
    const {uevents, omitted} = Batch.parse(value);
    live += uevents.length + omitted;
  });
  const atStart = stored.length;
  for (let hour = 0; hour < 24; hour += 1) {
    await clock.turn(HOUR_MS);
  }
  await clock.turn(1000);
  ending.abort();
  return {stored: stored.slice(atStart), atStart, live};
}

describe('a day of an idle laptop', () => {
  let day: Recording;
  let lived: Awaited<ReturnType<typeof liveThrough>>;

  beforeAll(async () => {
    day = readRecording(printRecording(makeIdleDay()));
    lived = await liveThrough(day);
  }, 60_000);

  it('is a storm of records, all of them told live', () => {
    const uevents = day.steps.filter(({notice}) => notice.kind === 'uevent');
    const batteries = uevents.filter(({notice}) => JSON.stringify(notice).includes('BAT0'));
    expect(batteries.length).toBeGreaterThan(8000);
    expect(lived.live).toBe(uevents.length);
  });

  it('stores at most a hundred events: what its wireless link did, and nothing else', () => {
    expect(lived.stored.length).toBeLessThanOrEqual(100);
    const told = lived.stored.map((message) =>
      message.kind === 'event' && message.event.type === 'cim.port.changed.v1'
        ? message.event.data.link
        : message,
    );
    expect(told).toEqual(Array.from({length: 6}, () => ['down', 'up']).flat());
  });
});

const STORM = join(import.meta.dirname, '..', 'fixtures', 'uevents', 'vm-battery-storm.uevents');

describe('a day of what a battery was recorded to tell', () => {
  const isCharge = ({notice}: RecordingStep): boolean =>
    notice.kind === 'uevent' &&
    notice.uevent.action === 'change' &&
    notice.uevent.subsystem === 'power_supply';

  it('is told live, and none of it is stored', async () => {
    const day = stretchToDay(readRecording(readFileSync(STORM, 'utf8')), isCharge);
    const lived = await liveThrough(day);
    expect(day.steps.filter(isCharge).length).toBeGreaterThan(8000);
    expect(lived.live).toBe(day.steps.filter(({notice}) => notice.kind === 'uevent').length);
    const begin = day.steps.find(isCharge)?.atMs ?? 0;
    const times = lived.stored.map(
      (message) => message.kind === 'event' && Date.parse(message.event.time) - MIDNIGHT_MS,
    );
    expect(times.length).toBeGreaterThan(0); // the pen came
    expect(times.filter((ms) => Number(ms) >= begin)).toEqual([]);
  }, 60_000);
});
