import {readFile} from 'node:fs/promises';
import {cpus} from 'node:os';
import {expect, test} from 'vitest';

import {createHostMeter} from '#drivers/host/host-meter.ts';

test('measures this machine as the kernel tells of it', async () => {
  const metrics = await createHostMeter({home: '/'}).read();
  const [, total] = /^MemTotal:\s+(\d+) kB$/m.exec(await readFile('/proc/meminfo', 'utf8')) ?? [];
  expect(metrics.memoryBytes).toBe(Number(total) * 1024);
  expect(metrics.cores).toBeLessThanOrEqual(cpus().length);
});
