import {statfs} from 'node:fs/promises';
import {availableParallelism, loadavg} from 'node:os';

import type {HostMeter} from '#contracts/host-meter.ts';
import {CimError} from '#domain/errors.ts';

/**
 * Memory and temperature by systeminformation, loaded when first needed (33 ms); load and disk by
 * Node itself, since its own ways start other programs.
 */
export const createHostMeter = ({home}: {readonly home: string}): HostMeter => ({
  async read() {
    try {
      const {cpuTemperature, mem} = (await import('systeminformation')).default;
      const [memory, temperature, disk] = await Promise.all([
        mem(),
        cpuTemperature(),
        statfs(home),
      ]);
      const [load = 0] = loadavg();
      return {
        load: Math.round(load * 100) / 100,
        cores: availableParallelism(),
        memoryUsedBytes: memory.total - memory.available,
        memoryBytes: memory.total,
        diskUsedBytes: (disk.blocks - disk.bavail) * disk.bsize,
        diskBytes: disk.blocks * disk.bsize,
        temperatureC: typeof temperature.main === 'number' ? temperature.main : null,
        seenAt: new Date().toISOString(),
      };
    } catch (cause) {
      throw new CimError('process-failed', 'measure the host', {cause});
    }
  },
});
