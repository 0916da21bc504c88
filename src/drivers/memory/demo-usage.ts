import type {HostMeter} from '#contracts/host-meter.ts';
import type {UsageReader} from '#contracts/usage-reader.ts';

/** Somebody uses the scale, the disk holds the system, the rest is free. */
export const demoUsage: UsageReader = {
  read: (questions) => {
    const seenAt = new Date().toISOString();
    const free = {kind: 'free', name: null, unit: null, processes: [], seenAt, marks: []} as const;
    const entries = questions.map(({portId, nodes, interfaces}) => {
      if (nodes.includes('/dev/sda')) {
        return [portId, {...free, kind: 'host', name: '/', marks: ['boot', 'mount']}] as const;
      }
      if (interfaces.includes('eth0')) {
        return [portId, {...free, kind: 'host', name: 'route', marks: ['route']}] as const;
      }
      if (nodes.includes('/dev/ttyUSB2')) {
        const process = {pid: 4312, name: 'scaled', user: 'scale', unit: 'scaled.service'};
        const user = {name: 'scaled', unit: 'scaled.service', processes: [process]};
        return [portId, {...free, ...user, kind: 'host'}] as const;
      }
      return [portId, free] as const;
    });
    return Promise.resolve(Object.fromEntries(entries));
  },
};

const GIB = 1024 ** 3;

/** A machine at ease. */
export const demoMeter: HostMeter = {
  read: () =>
    Promise.resolve({
      load: 0.42,
      cores: 4,
      memoryUsedBytes: 3 * GIB,
      memoryBytes: 8 * GIB,
      diskUsedBytes: 88 * GIB,
      diskBytes: 250 * GIB,
      temperatureC: 51,
      seenAt: new Date().toISOString(),
    }),
};
