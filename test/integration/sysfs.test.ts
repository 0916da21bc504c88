import {expect, test} from 'vitest';

import {createProcessRunner} from '#drivers/process/process-runner.ts';
import {createUsageReader} from '#drivers/procfs/usage-reader.ts';
import {createLinkMonitor} from '#drivers/rtnetlink/link-monitor.ts';
import {createDeviceMonitor} from '#drivers/udev/device-monitor.ts';
import {observe} from '#test/support/hardware.ts';
import {silentLog} from '#test/support/silent-log.ts';

const {signal} = new AbortController();
const monitor = createDeviceMonitor({runner: createProcessRunner(), log: silentLog});
const links = createLinkMonitor({runner: createProcessRunner(), log: silentLog});

test('this machine is read without a throw, and each function has one class', async () => {
  const devices = await monitor.enumerate(signal);
  expect(devices.length).toBeGreaterThan(0);
  const {devices: units, ports} = observe(devices, await links.list(signal));
  for (const [position, {description}] of units) {
    expect(ports.has(position)).toBe(true);
    const ids = description.functions.map(({id}) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(0);
  }
});

test('reading twice gives the same', async () => {
  const first = await monitor.enumerate(signal);
  expect(await monitor.enumerate(signal)).toEqual(first);
});

test('who uses what is said of everything that is asked for', async () => {
  const users = await createUsageReader().read(
    [
      {portId: 'null', nodes: ['/dev/null'], interfaces: []},
      {portId: 'nothing', nodes: ['/dev/no-such-node'], interfaces: ['no-such-link']},
    ],
    signal,
  );
  expect(users.null).toMatchObject({kind: 'host'});
  expect(users.null?.processes.map(({pid}) => pid)).toContain(process.pid);
  expect(['free', 'unknown']).toContain(users.nothing?.kind);
});
