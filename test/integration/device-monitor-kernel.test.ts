import {execFile} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {existsSync, writeFileSync} from 'node:fs';
import {promisify} from 'node:util';
import {describe, expect, test} from 'vitest';

import {findProgram} from '#drivers/process/find-program.ts';
import {createProcessRunner} from '#drivers/process/process-runner.ts';
import {createLinkMonitor} from '#drivers/rtnetlink/link-monitor.ts';
import {createDeviceMonitor} from '#drivers/udev/device-monitor.ts';
import {deviceMonitorSuite} from '#test/contract/device-monitor.suite.ts';
import {silentLog} from '#test/support/silent-log.ts';
import {until} from '#test/support/until.ts';

const run = promisify(execFile);
const ip = async (...args: readonly string[]): Promise<void> => {
  await run(findProgram('ip') ?? 'ip', [...args]);
};
const why = missing();

/** What this machine lacks for real bridges, or null. */
function missing(): string | null {
  if (process.getuid?.() !== 0) {
    return 'needs root to make bridges';
  }
  const tools = ['ip', 'udevadm'].filter((tool) => findProgram(tool) === undefined);
  return tools.length === 0 ? null : `needs ${tools.join(' and ')}`;
}

if (why === null) {
  deviceMonitorSuite('kernel', async () => {
    const runner = createProcessRunner();
    const made = new Set<string>();
    return {
      monitor: createDeviceMonitor({runner, log: silentLog}),
      links: createLinkMonitor({runner, log: silentLog}),
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

  describe('udevadm monitor', () => {
    test('what an ordinary user loses while it stands still is counted', async () => {
      const bridge = `cimt${randomBytes(4).toString('hex')}`;
      const pids: number[] = [];
      const runner = createProcessRunner();
      const monitor = createDeviceMonitor({
        log: silentLog,
        runner: {
          ...runner,
          async lines(file, args, options) {
            const asNobody = ['--reuid=65534', '--regid=65534', '--clear-groups', file, ...args];
            const running = await runner.lines('setpriv', asNobody, options);
            pids.push(running.pid);
            return running;
          },
        },
      });
      let drops = 0;
      await monitor.start((notice) => {
        drops += notice.kind === 'drops' ? notice.count : 0;
      }, new AbortController().signal);
      await ip('link', 'add', bridge, 'type', 'bridge');
      process.kill(pids[0] ?? 0, 'SIGSTOP');
      for (let index = 0; index < 30_000; index += 1) {
        writeFileSync(`/sys/class/net/${bridge}/uevent`, 'change');
      }
      process.kill(pids[0] ?? 0, 'SIGCONT');
      await ip('link', 'del', bridge);
      await until(
        () => drops,
        (count) => count > 0,
      );
      await monitor.stop();
    });

    test('comes back when it was killed, and says so', async () => {
      const pids: number[] = [];
      const runner = createProcessRunner();
      const monitor = createDeviceMonitor({
        log: silentLog,
        runner: {
          ...runner,
          async lines(file, args, options) {
            const running = await runner.lines(file, args, options);
            pids.push(running.pid);
            return running;
          },
        },
      });
      const restarted = Promise.withResolvers<string>();
      await monitor.start((notice) => {
        if (notice.kind === 'restarted') {
          restarted.resolve(notice.reason);
        }
      }, new AbortController().signal);
      process.kill(pids[0] ?? 0, 'SIGKILL');
      expect(await restarted.promise).toContain('SIGKILL');
      expect(pids).toHaveLength(2);
      await monitor.stop();
      expect(existsSync(`/proc/${pids[1]}/fd/0`)).toBe(false);
    });
  });
} else {
  test.skip(`device monitor: kernel (${why})`, () => {});
}
