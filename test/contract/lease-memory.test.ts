import {LEASE_TTL_MS} from '#contracts/lease.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createLeaseRecord, createMemoryLease} from '#drivers/memory/lease.ts';
import {leaseSuite} from './lease.suite.ts';

leaseSuite('memory', async () => {
  const record = createLeaseRecord();
  return {
    async createAgent() {
      const clock = createMemoryClock();
      return {clock, lease: createMemoryLease({clock, record})};
    },
    async outwait({lease, clock}) {
      await clock.turn(LEASE_TTL_MS);
      const held = await lease.acquire('next', () => undefined);
      if (held === undefined) {
        throw new TypeError('the lease has not run out');
      }
      return held;
    },
    stop: async () => undefined,
  };
});
