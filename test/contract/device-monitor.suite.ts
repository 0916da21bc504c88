import {afterEach, beforeEach, describe, expect, test} from 'vitest';

import type {DeviceMonitor, LinkMonitor, MonitorNotice} from '#contracts/device-monitor.ts';
import type {LinkFact} from '#domain/kernel-device.ts';
import {until} from '#test/support/until.ts';

/** A machine whose bridges a test can make and remove. */
export interface MonitorHarness {
  readonly monitor: DeviceMonitor;
  readonly links: LinkMonitor;
  /** A name that no other test uses. */
  bridgeName(): string;
  addBridge(name: string): Promise<void>;
  removeBridge(name: string): Promise<void>;
  /** Something with a carrier becomes a member of the bridge, or its carrier goes. */
  setCarrier(name: string, hasCarrier: boolean): Promise<void>;
  stop(): Promise<void>;
}

const isTrue = (answer: boolean): boolean => answer;

/** What every monitor of devices and links keeps. */
export function deviceMonitorSuite(name: string, start: () => Promise<MonitorHarness>): void {
  describe(`device monitor: ${name}`, () => {
    let harness: MonitorHarness;
    let notices: MonitorNotice[];
    let controller: AbortController;

    beforeEach(async () => {
      harness = await start();
      notices = [];
      controller = new AbortController();
    });
    afterEach(async () => {
      await harness.links.stop();
      await harness.monitor.stop();
      await harness.stop();
    });

    const follow = () => harness.monitor.start((notice) => notices.push(notice), controller.signal);
    const told = (bridge: string): readonly string[] =>
      notices.flatMap((notice) =>
        notice.kind === 'uevent' &&
        notice.uevent.source === 'kernel' &&
        notice.uevent.devpath === `/devices/virtual/net/${bridge}`
          ? notice.uevent.action
          : [],
      );

    test('enumerates what is there', async () => {
      const bridge = harness.bridgeName();
      await harness.addBridge(bridge);
      const devices = await harness.monitor.enumerate(controller.signal);
      const found = devices.filter(({devpath}) => devpath === `/devices/virtual/net/${bridge}`);
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
        const [read] = await harness.monitor.read(`/devices/virtual/net/${bridge}`);
        expect(read?.devtype).toBe('bridge');
        await harness.removeBridge(bridge);
        await until(() => told(bridge).includes('remove'), isTrue);
        expect(await harness.monitor.read(`/devices/virtual/net/${bridge}`)).toEqual([]);
        await harness.monitor.stop();
      }
    });

    test('says nothing any more once it is stopped', async () => {
      await follow();
      await harness.monitor.stop();
      const bridge = harness.bridgeName();
      await harness.addBridge(bridge);
      await harness.removeBridge(bridge);
      expect(told(bridge)).toEqual([]);
    });

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
      const links = await harness.links.list(controller.signal);
      expect(links.find((link) => link.name === bridge)).toEqual(states.at(-1));
      expect(states.at(-1)?.kind).toBe('bridge');
      await harness.removeBridge(bridge);
      await until(() => gone.includes(states.at(-1)?.ifindex ?? -1), isTrue);
    });
  });
}
