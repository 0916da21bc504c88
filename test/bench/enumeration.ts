import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

import {createProcessRunner} from '#drivers/process/process-runner.ts';
import {createDeviceMonitor} from '#drivers/udev/device-monitor.ts';
import {silentLog} from '#test/support/silent-log.ts';
import type {Measurement} from './measurement.ts';
import {type Peer, reading, timesPeer} from './reading.ts';
import {spreadOf} from './statistics.ts';

const run = promisify(execFile);

const ROUNDS = 20;
const WARM_UP = 3;
const OUTPUT_BYTES = 64 * 2 ** 20;

/** All kernel devices of this machine, read as the agent does at start, beside udev's own list. */
export const enumeration: Measurement = {
  name: 'enumeration',
  async read({signal}) {
    const monitor = createDeviceMonitor({runner: createProcessRunner(), log: silentLog});
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      ours.push(await msOf(() => monitor.enumerate(signal)));
      theirs.push(
        await msOf(() =>
          run('udevadm', ['info', '--export-db'], {maxBuffer: OUTPUT_BYTES, signal}),
        ),
      );
    }
    const udevadm: Peer = {name: 'udevadm', value: spreadOf(theirs.slice(WARM_UP)).p50};
    return [
      reading('enumeration, p50', 'ms', spreadOf(ours.slice(WARM_UP)).p50, {
        peers: [udevadm],
        bound: timesPeer(1.5, udevadm),
      }),
    ];
  },
};

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
