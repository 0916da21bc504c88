import {describe, expect, it} from 'vitest';

import type {HostMetrics} from '#domain/leaf/host-metrics.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createHostWatch} from '#services/host/watch-host.ts';
import {createKeptLog} from '#test/support/silent-log.ts';

const METRICS: HostMetrics = {
  load: 0.4,
  cores: 2,
  memoryUsedBytes: 1,
  memoryBytes: 2,
  diskUsedBytes: 1,
  diskBytes: 2,
  temperatureC: null,
  seenAt: '2026-11-22T16:00:00.000Z',
};

function watchWith(read: () => Promise<HostMetrics>) {
  const clock = createMemoryClock();
  const log = createKeptLog();
  const seen: HostMetrics[] = [];
  const watch = createHostWatch({meter: {read}, clock, log, onRead: (now) => void seen.push(now)});
  return {clock, log, seen, watch};
}

describe('the watch over the host', () => {
  it('reads soon after the start, then every half minute, until stopped', async () => {
    const {clock, seen, watch} = watchWith(() => Promise.resolve(METRICS));
    watch.start();
    expect(watch.metrics()).toBeNull();
    await clock.turn(2000);
    expect(watch.metrics()).toEqual(METRICS);
    await clock.turn(60_000);
    expect(seen).toHaveLength(3);
    watch.stop();
    await clock.turn(60_000);
    expect(seen).toHaveLength(3);
  });

  it('goes on when it cannot read, and says so once', async () => {
    const {clock, log, watch} = watchWith(() => Promise.reject(new Error('no /proc')));
    watch.start();
    await clock.turn(120_000);
    watch.stop();
    expect(log.lines).toEqual(['error read how the host is: no /proc']);
  });
});
