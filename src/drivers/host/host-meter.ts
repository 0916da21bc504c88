import {statfs} from 'node:fs/promises';
import {availableParallelism, loadavg} from 'node:os';

import type {HostMeter} from '#contracts/host-meter.ts';
import {CimError} from '#domain/errors.ts';
import {readTemperature} from './temperature.ts';

export interface HostMeterOptions {
  /** Folder whose disk is measured. */
  readonly home: string;
  readonly sysRoot?: string | undefined;
}

/**
 * Memory by systeminformation, loaded when first needed (33 ms); load, disk and temperature from
 * Node and sysfs, since its own ways start other programs, two of them for a temperature.
 */
export const createHostMeter = ({home, sysRoot}: HostMeterOptions): HostMeter => ({
  async read() {
    try {
      const {mem} = (await import('systeminformation')).default;
      const [memory, disk] = await Promise.all([mem(), statfs(home)]);
      const [load = 0] = loadavg();
      return {
        load: Math.round(load * 100) / 100,
        cores: availableParallelism(),
        memoryUsedBytes: memory.total - memory.available,
        memoryBytes: memory.total,
        diskUsedBytes: (disk.blocks - disk.bavail) * disk.bsize,
        diskBytes: disk.blocks * disk.bsize,
        temperatureC: readTemperature(sysRoot),
        seenAt: new Date().toISOString(),
      };
    } catch (cause) {
      throw new CimError('process-failed', 'measure the host', {cause});
    }
  },
});
