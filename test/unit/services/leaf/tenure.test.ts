import {expect, it} from 'vitest';

import type {HeldLease, Lease} from '#contracts/lease.ts';
import {CimError} from '#domain/errors.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {waitForLease} from '#services/leaf/tenure.ts';

const HELD: HeldLease = {epoch: 1, release: async () => undefined};
const away = () => Promise.reject(new CimError('nats-failed', 'disconnect'));

/** A lease that answers in this order. */
function waitOn(answers: readonly (() => Promise<HeldLease | undefined>)[]) {
  const clock = createMemoryClock();
  let asked = 0;
  const standbys: string[] = [];
  const lease: Lease = {
    acquire() {
      asked += 1;
      return answers[asked - 1]?.() ?? Promise.resolve(HELD);
    },
  };
  const waiting = waitForLease(
    {lease, clock, holder: 'a', onStandby: () => standbys.push('now'), onLost: () => undefined},
    new AbortController().signal,
  );
  waiting.catch(() => undefined);
  return {clock, waiting, standbys};
}

it('who stands by goes on doing so while the server is away, and says so once', async () => {
  const {clock, waiting, standbys} = waitOn([async () => undefined, away, async () => undefined]);
  for (let turn = 0; turn < 4; turn += 1) {
    await clock.turn(500);
  }
  expect(await waiting).toBe(HELD);
  expect(standbys).toEqual(['now']);
});

it('who cannot ask the first time fails', async () => {
  const {waiting} = waitOn([away]);
  await expect(waiting).rejects.toThrow('disconnect');
});
