import {execFile} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {promisify} from 'node:util';

import {findProgram} from '#drivers/process/find-program.ts';
import {createProcessRunner} from '#drivers/process/process-runner.ts';
import {createLinkMonitor} from '#drivers/rtnetlink/link-monitor.ts';
import {createDeviceMonitor} from '#drivers/udev/device-monitor.ts';
import {deviceMonitorSuite} from '#test/contract/device-monitor.suite.ts';
import {lackForBridges} from '#test/support/bridges.ts';
import {silentLog} from '#test/support/silent-log.ts';
import {currentStage} from '#test/support/tiers/contract-run.ts';

const run = promisify(execFile);
const ip = async (...args: readonly string[]): Promise<void> => {
  await run(findProgram('ip') ?? 'ip', [...args]);
};

deviceMonitorSuite({devices: 'udev', links: 'rtnetlink', lack: lackForBridges()}, async () => {
  const runner = createProcessRunner();
  const made = new Set<string>();
  return {
    monitor: createDeviceMonitor({runner, log: silentLog}),
    links: createLinkMonitor({runner, log: silentLog}),
    hasUdev: currentStage() === 'box' ? true : undefined,
    bridgeName: () => `cimt${randomBytes(4).toString('hex')}`,
    async addBridge(name) {
      made.add(name);
      await ip('link', 'add', name, 'type', 'bridge');
    },
    async removeBridge(name) {
      made.delete(name);
      await ip('link', 'del', name);
    },
    async setCarrier(name, hasCarrier) {
      const [near, far] = [`${name}a`, `${name}b`];
      if (hasCarrier) {
        await ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far);
        await ip('link', 'set', near, 'master', name, 'up');
        await ip('link', 'set', name, 'up');
        await ip('link', 'set', far, 'up');
      } else {
        await ip('link', 'del', near);
      }
    },
    async stop() {
      for (const name of [...made].flatMap((each) => [`${each}a`, each])) {
        await ip('link', 'del', name).catch(() => {}); // most are gone already
      }
    },
  };
});
