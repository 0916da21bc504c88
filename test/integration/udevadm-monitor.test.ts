import {execFile} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {existsSync, writeFileSync} from 'node:fs';
import {promisify} from 'node:util';
import {beforeEach, expect, test} from 'vitest';

import type {ProcessRunner} from '#contracts/process-runner.ts';
import {createProcessRunner} from '#drivers/process/process-runner.ts';
import {createDeviceMonitor} from '#drivers/udev/device-monitor.ts';
import {lackForBridges} from '#test/support/bridges.ts';
import {silentLog} from '#test/support/silent-log.ts';
import {until} from '#test/support/until.ts';

const run = promisify(execFile);
const lack = lackForBridges();

beforeEach(({skip}) => {
  if (lack !== undefined) skip(lack);
});

/** A runner that starts programs behind these words, and the pids of what it follows. */
function runnerBehind(...before: readonly string[]) {
  const pids: number[] = [];
  const runner = createProcessRunner();
  const lines: ProcessRunner['lines'] = async (file, args, options) => {
    const [first = file, ...rest] = [...before, file, ...args];
    const running = await runner.lines(first, rest, options);
    pids.push(running.pid);
    return running;
  };
  return {pids, runner: {...runner, lines}};
}

test('what an ordinary user loses while udevadm stands still is counted', async () => {
  const bridge = `cimt${randomBytes(4).toString('hex')}`;
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const {pids, runner} = runnerBehind(...asNobody);
  const monitor = createDeviceMonitor({log: silentLog, runner});
  let drops = 0;
  await monitor.start((notice) => {
    drops += notice.kind === 'drops' ? notice.count : 0;
  }, new AbortController().signal);
  await run('ip', ['link', 'add', bridge, 'type', 'bridge']);
  process.kill(pids[0] ?? 0, 'SIGSTOP');
  for (let index = 0; index < 30_000; index += 1) {
    writeFileSync(`/sys/class/net/${bridge}/uevent`, 'change');
  }
  process.kill(pids[0] ?? 0, 'SIGCONT');
  await run('ip', ['link', 'del', bridge]);
  await until(
    () => drops,
    (count) => count > 0,
  );
  await monitor.stop();
});

test('udevadm comes back when it was killed, and says so', async () => {
  const {pids, runner} = runnerBehind();
  const monitor = createDeviceMonitor({log: silentLog, runner});
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
