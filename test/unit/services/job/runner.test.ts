import {expect, it} from 'vitest';

import type {EventStore} from '#contracts/event-store.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createMemoryEventStore} from '#drivers/memory/event-store.ts';
import {createMemoryStream, type MemoryStream} from '#drivers/memory/event-stream.ts';
import {createMemoryIds} from '#drivers/memory/ids.ts';
import {createMemoryPortLamps} from '#drivers/memory/port-lamps.ts';
import {ASK_MS} from '#services/job/life.ts';
import {createJobRunner, type JobRunner} from '#services/job/runner.ts';
import {openJournal} from '#services/journal.ts';
import {jobAccepted} from '#test/support/facts.ts';
import {createHeldJobs} from '#test/support/made-up-jobs.ts';
import {silentLog} from '#test/support/silent-log.ts';

const ID = '01890000-0000-7000-8000-0000000000b1';
const STORE_ID = '0b0e7c1e-5f0a-4f0c-9a70-8a2f0f5b7f13';

const ids = createMemoryIds();

/** A runner over a journal, all in memory, and the clock in the test's hands. */
async function begin(
  stream: MemoryStream = createMemoryStream({storeId: STORE_ID}),
  clock = createMemoryClock(),
) {
  const {signal} = new AbortController();
  const own = createMemoryEventStore({leafId: 'l', stream});
  let isFull = false;
  const store: EventStore = {
    ...own,
    append: async (events, options) =>
      isFull ? {kind: 'store-full'} : own.append(events, options),
  };
  await store.open(signal);
  let runner: JobRunner | undefined;
  const journal = await openJournal({
    leafId: 'l',
    bootId: null,
    epoch: 1,
    store,
    clock,
    ids,
    log: silentLog,
    signal,
    onApplied: (message) => runner?.onStored(message),
  });
  const held = createHeldJobs();
  runner = createJobRunner({
    ...held,
    journal,
    tools: {store, lamps: createMemoryPortLamps(), inventory: () => journal.inventory()},
    clock,
    log: silentLog,
    onProgress: () => undefined,
    signal,
  });
  await runner.start();
  return {
    ...held,
    runner,
    clock,
    stream,
    accept: (command: string) => journal.submit(() => [jobAccepted(ID, command)], {}),
    job: () => journal.inventory().jobs[ID],
    setFull(next: boolean) {
      isFull = next;
    },
  };
}

it('stores the end of a job as soon as there is room', async () => {
  const {accept, begun, setFull, clock, job} = await begin();
  await accept('leaf.wait-fail');
  await clock.turn(0);
  setFull(true);
  begun[0]?.finish(7);
  await clock.turn(4000);
  expect(job()).toMatchObject({state: 'running'});
  setFull(false);
  await clock.turn(10_000);
  expect(job()).toMatchObject({state: 'ended', result: {steps: 7}});
});

it('lets a job ask for five minutes, over one more restart, and no longer', async () => {
  const first = await begin();
  await first.accept('leaf.wait-ask');
  await first.runner.stop();
  const second = await begin(first.stream, first.clock);
  expect(second.job()).toMatchObject({state: 'asking'});
  await second.clock.turn(ASK_MS / 2);
  await second.runner.stop();
  const third = await begin(first.stream, first.clock);
  await third.clock.turn(ASK_MS / 2 - 1);
  expect(third.job()).toMatchObject({state: 'asking'});
  await third.clock.turn(1);
  expect(third.job()).toMatchObject({outcome: 'expired', reason: 'nobody answered in time'});
});

it('finds one expired that asked while no agent was there', async () => {
  const first = await begin();
  await first.accept('leaf.wait-ask');
  await first.runner.stop();
  const second = await begin(first.stream, first.clock);
  await second.runner.stop();
  await first.clock.turn(ASK_MS);
  const third = await begin(first.stream, first.clock);
  expect(third.job()).toMatchObject({outcome: 'expired'});
});

it('ends its work without a word when it is stopped: the next one finds it open', async () => {
  const {accept, begun, runner, clock, job, stream} = await begin();
  await accept('leaf.wait-resume');
  await clock.turn(0);
  const stored = stream.lastSequence();
  await runner.stop();
  expect(begun[0]?.work.signal.aborted).toBe(true);
  await clock.turn(10_000);
  expect(job()).toMatchObject({state: 'running'});
  expect(stream.lastSequence()).toBe(stored);
});
