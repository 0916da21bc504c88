import {setTimeout as pause} from 'node:timers/promises';
import {expect, test} from 'vitest';

import {LEASE_RENEW_MS} from '#contracts/lease.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createNatsLease} from '#drivers/nats/lease.ts';
import {startTestServer} from '#test/support/nats.ts';
import {silentLog} from '#test/support/silent-log.ts';

/** A renewal is not waited for any longer than this. */
const RENEWAL_LIMIT_MS = 2000;

test('a server that does not answer for longer than the lease runs takes it from nobody', async () => {
  const server = await startTestServer();
  const clock = createMemoryClock();
  const lost: string[] = [];
  const link = await server.connectAgent();
  const lease = createNatsLease({link, leafId: server.leafId, clock, log: silentLog});
  const held = await lease.acquire('anna', (reason) => lost.push(reason));
  const pid = server.server.pid() ?? 0;
  expect(pid).toBeGreaterThan(1);
  process.kill(pid, 'SIGSTOP');
  try {
    await clock.turn(LEASE_RENEW_MS);
    await pause(RENEWAL_LIMIT_MS * 1.5);
    await clock.turn(4 * LEASE_RENEW_MS); // over the 6 s of the lease, by the agent's own clock
    await pause(RENEWAL_LIMIT_MS * 1.5);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await clock.turn(LEASE_RENEW_MS);
  await pause(500);
  expect(lost).toEqual([]);
  const other = createNatsLease({
    link: await server.connectAgent(),
    leafId: server.leafId,
    clock: createMemoryClock(),
    log: silentLog,
  });
  expect(await other.acquire('bert', () => undefined)).toBeUndefined();
  await held?.release();
  await server.stop();
});
