import {afterEach, describe, expect, test} from 'vitest';

import type {KernelDevice} from '#domain/kernel-device.ts';
import {
  type HardwareBench,
  linkOf,
  loadFixture,
  startHardwareBench,
  typeWords,
} from '#test/support/hardware.ts';

const BOX = loadFixture('edge-box');
const CABLE = linkOf(2, 'eth0', {hasCarrier: true, speedMbps: 1000});

let bench: HardwareBench;

async function started(...args: Parameters<typeof startHardwareBench>): Promise<void> {
  bench = await startHardwareBench(...args);
}

afterEach(() => bench.watch.stop());

describe('what is behind a hub', () => {
  const hub = loadFixture('hub-1-1').filter(({devpath}) => !devpath.includes('/usb2/'));
  const adapter = loadFixture('ftdi-1-1.3');
  const paths = [
    '/devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1.3',
    '/devices/pci0000:00/0000:00:14.0/usb1/1-1',
  ];

  test('goes with it in one event, though the kernel takes it away before', async () => {
    await started([...BOX, ...hub, ...adapter], [CABLE]);
    bench.news();
    for (const path of paths) {
      bench.monitor.unplug(path);
      await bench.clock.turn(100);
    }
    expect(typeWords(bench.news())).toEqual(['device.removed']);
  });

  test('is told of by itself soon, where the hub stays', async () => {
    await started([...BOX, ...hub, ...adapter], [CABLE]);
    bench.news();
    bench.monitor.unplug(paths[0] ?? '');
    await bench.clock.turn(0);
    await bench.clock.turn(250);
    expect(bench.news()).toEqual([]);
    await bench.clock.turn(100);
    expect(typeWords(bench.news())).toEqual(['device.removed']);
  });

  test('is told of as gone and come, however soon it is back', async () => {
    await started([...BOX, ...hub, ...adapter], [CABLE]);
    bench.news();
    bench.monitor.unplug(paths[0] ?? '');
    await bench.clock.turn(50);
    bench.monitor.plug(adapter);
    await bench.clock.turn(0);
    await bench.clock.turn(400);
    expect(typeWords(bench.news())).toEqual(['device.removed', 'device.added']);
  });

  test('moves with a dock in one event, however late it comes up behind it', async () => {
    const isUnit = ({devpath}: KernelDevice): boolean => devpath.endsWith('/1-1');
    const dock = hub.map((device) =>
      isUnit(device) ? {...device, attributes: {...device.attributes, serial: 'DOCK1'}} : device,
    );
    const elsewhere = (devices: readonly KernelDevice[]): readonly KernelDevice[] =>
      devices.map((device) => ({
        ...device,
        devpath: device.devpath.replaceAll('1-1', '1-3'),
        references: {},
      }));
    await started([...BOX, ...dock, ...adapter], [CABLE]);
    bench.news();
    for (const path of paths) {
      bench.monitor.unplug(path);
      await bench.clock.turn(10);
    }
    expect(typeWords(bench.news())).toEqual(['device.removed']);
    bench.monitor.plug(elsewhere(dock));
    await bench.clock.turn(0);
    await bench.clock.turn(1500);
    expect(bench.news()).toEqual([]);
    bench.monitor.plug(elsewhere(adapter));
    await bench.clock.turn(0);
    await bench.clock.turn(400);
    const [moved, ...rest] = bench.news();
    expect(rest).toEqual([]);
    expect(moved).toMatchObject({type: 'cim.device.moved.v1', data: {followers: {length: 1}}});
  });

  test('is not waited for longer than three seconds', async () => {
    const isUnit = ({devpath}: KernelDevice): boolean => devpath.endsWith('/1-1');
    const dock = hub.map((device) =>
      isUnit(device) ? {...device, attributes: {...device.attributes, serial: 'DOCK1'}} : device,
    );
    await started([...BOX, ...dock, ...adapter], [CABLE]);
    for (const path of paths) {
      bench.monitor.unplug(path);
    }
    await bench.clock.turn(10);
    bench.news();
    bench.monitor.plug(
      dock.map((device) => ({
        ...device,
        devpath: device.devpath.replaceAll('1-1', '1-3'),
        references: {},
      })),
    );
    await bench.clock.turn(0);
    await bench.clock.turn(400);
    await bench.clock.turn(2500);
    expect(bench.news()).toEqual([]);
    await bench.clock.turn(1000);
    expect(typeWords(bench.news())).toEqual(['device.moved']);
  });
});
