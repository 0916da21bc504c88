import {afterEach, beforeEach, expect, test} from 'vitest';

import type {DeviceMonitor, LinkMonitor, MonitorNotice} from '#contracts/device-monitor.ts';
import type {LinkFact, Uevent} from '#domain/kernel-device.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';
import {until} from '#test/support/until.ts';

/** A machine whose bridges a test can make and remove. */
export interface MonitorHarness {
  readonly monitor: DeviceMonitor;
  readonly links: LinkMonitor;
  /** Whether udevd runs there; left out: nobody knows. */
  readonly hasUdev?: boolean | undefined;
  /** A name that no other test uses. */
  bridgeName(): string;
  addBridge(name: string): Promise<void>;
  removeBridge(name: string): Promise<void>;
  /** Something with a carrier becomes a member of the bridge, or its carrier goes. */
  setCarrier(name: string, hasCarrier: boolean): Promise<void>;
  stop(): Promise<void>;
}

export interface MonitorDrivers {
  readonly devices: DriverOf<'device-monitor'>;
  readonly links: DriverOf<'link-monitor'>;
  readonly lack?: string | undefined;
}

const isTrue = (answer: boolean): boolean => answer;
const devpathOf = (bridge: string): string => `/devices/virtual/net/${bridge}`;

/** What every monitor of devices and links keeps. */
export function deviceMonitorSuite(
  {devices, links, lack}: MonitorDrivers,
  start: () => Promise<MonitorHarness>,
): void {
  let harness: MonitorHarness;
  let controller: AbortController;

  const startEach = () => {
    beforeEach(async () => {
      harness = await start();
      controller = new AbortController();
    });
    afterEach(async () => {
      await harness.links.stop();
      await harness.monitor.stop();
      await harness.stop();
    });
  };

  describeContract({contract: 'device-monitor', driver: devices, lack}, () => {
    let notices: MonitorNotice[];
    startEach();
    beforeEach(() => {
      notices = [];
    });

    const follow = () => harness.monitor.start((notice) => notices.push(notice), controller.signal);
    const told = (bridge: string, source: Uevent['source'] = 'kernel'): readonly string[] =>
      notices.flatMap((notice) =>
        notice.kind === 'uevent' &&
        notice.uevent.source === source &&
        notice.uevent.devpath === devpathOf(bridge)
          ? notice.uevent.action
          : [],
      );

    test('enumerates what is there', async () => {
      const bridge = harness.bridgeName();
      await harness.addBridge(bridge);
      const all = await harness.monitor.enumerate(controller.signal);
      const found = all.filter(({devpath}) => devpath === devpathOf(bridge));
      expect(found).toMatchObject([{subsystem: 'net', devtype: 'bridge'}]);
      expect(found[0]?.ifindex).toBeGreaterThan(0);
      await harness.removeBridge(bridge);
    });

    test('misses nothing that comes after its start, the first thing included', async () => {
      for (let round = 0; round < 3; round += 1) {
        await follow();
        const bridge = harness.bridgeName();
        await harness.addBridge(bridge);
        await until(() => told(bridge).includes('add'), isTrue);
        const [read] = await harness.monitor.read(devpathOf(bridge));
        expect(read?.devtype).toBe('bridge');
        await harness.removeBridge(bridge);
        await until(() => told(bridge).includes('remove'), isTrue);
        expect(await harness.monitor.read(devpathOf(bridge))).toEqual([]);
        await harness.monitor.stop();
      }
    });

    test('says whether udev is heard; if so, its records come too', async () => {
      const ability = await follow();
      if (harness.hasUdev !== undefined) expect(ability.hasUdev).toBe(harness.hasUdev);
      expect(ability.limit === null).toBe(ability.hasUdev);
      const bridge = harness.bridgeName();
      await harness.addBridge(bridge);
      await until(() => told(bridge, ability.hasUdev ? 'udev' : 'kernel').includes('add'), isTrue);
      expect(told(bridge)).toContain('add');
      const [read] = await harness.monitor.read(devpathOf(bridge));
      expect(read?.isUdevDone).toBe(ability.hasUdev);
      await harness.removeBridge(bridge);
      const last = ability.hasUdev ? 'udev' : 'kernel';
      await until(() => told(bridge, last).includes('remove'), isTrue);
    });

    test('says nothing any more once it is stopped', async () => {
      await follow();
      await harness.monitor.stop();
      const bridge = harness.bridgeName();
      await harness.addBridge(bridge);
      await harness.removeBridge(bridge);
      expect(told(bridge)).toEqual([]);
    });
  });

  describeContract({contract: 'link-monitor', driver: links, lack}, () => {
    startEach();

    test('tells carriers as they come and go, and the link that is gone', async () => {
      const bridge = harness.bridgeName();
      const states: LinkFact[] = [];
      const gone: number[] = [];
      await harness.links.start((change) => {
        if (change.kind === 'gone') {
          gone.push(change.ifindex);
        } else if (change.link.name === bridge) {
          states.push(change.link);
        }
      }, controller.signal);
      await harness.addBridge(bridge);
      await harness.setCarrier(bridge, true);
      await until(() => states.at(-1)?.hasCarrier === true, isTrue);
      await harness.setCarrier(bridge, false);
      await until(() => states.at(-1)?.hasCarrier === false, isTrue);
      const all = await harness.links.list(controller.signal);
      expect(all.find((link) => link.name === bridge)).toEqual(states.at(-1));
      expect(states.at(-1)?.kind).toBe('bridge');
      await harness.removeBridge(bridge);
      await until(() => gone.includes(states.at(-1)?.ifindex ?? -1), isTrue);
    });

    test('says nothing any more once it is stopped', async () => {
      const names: string[] = [];
      await harness.links.start((change) => {
        names.push(change.kind === 'link' ? change.link.name : '');
      }, controller.signal);
      await harness.links.stop();
      const bridge = harness.bridgeName();
      await harness.addBridge(bridge);
      await harness.removeBridge(bridge);
      expect(names).not.toContain(bridge);
    });
  });
}
