import {createMemoryDeviceMonitor} from '#drivers/memory/device-monitor.ts';
import {bridgeOf, linkOf} from '#test/support/hardware.ts';
import {deviceMonitorSuite} from './device-monitor.suite.ts';

deviceMonitorSuite({devices: 'memory', links: 'memory'}, async () => {
  const monitor = createMemoryDeviceMonitor([], {hasUdev: true});
  const indexes = new Map<string, number>();
  const indexOf = (name: string): number => indexes.get(name) ?? 0;
  return {
    monitor,
    links: monitor.links,
    hasUdev: true,
    bridgeName: () => `br${indexes.size}`,
    async addBridge(name) {
      indexes.set(name, indexes.size + 2);
      monitor.plug([{...bridgeOf(name, indexOf(name)), isUdevDone: true}]);
      monitor.link(linkOf(indexOf(name), name, {kind: 'bridge'}));
    },
    async removeBridge(name) {
      monitor.unplug(`/devices/virtual/net/${name}`);
      monitor.unlink(indexOf(name));
    },
    async setCarrier(name, hasCarrier) {
      monitor.link(linkOf(indexOf(name), name, {kind: 'bridge', hasCarrier}));
    },
    async stop() {},
  };
});
