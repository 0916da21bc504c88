import {spawn} from 'node:child_process';
import {readFile} from 'node:fs/promises';

import {installPackages} from '#bin/setup/machine-packages.mjs';
import {until} from '#test/support/until.ts';
import {CHANGES_A_SECOND, startChurn} from './churn.ts';
import {pressKeys} from './keys.ts';
import type {Measurement} from './measurement.ts';
import {findProgram} from './processes.ts';
import {atMost, type Reading, reading} from './reading.ts';
import type {Scene} from './scene.ts';
import {spreadOf} from './statistics.ts';

/** Microseconds that each fsync of the server takes longer. */
const DELAY_US = 20_000;
const PAIRS = 200;
const PRESSES = 120;
/** Of links, which the kernel removes at once: one after the other it takes 40 ms for each by itself. */
const GROUP = '77';

/** The same on a disk whose every fsync takes 20 ms longer: events keep up, and keys do not wait. */
export const slowDisk: Measurement = {
  name: 'slow-disk',
  async read(scene) {
    await using stack = new AsyncDisposableStack();
    await slowDown(scene.serverPid, stack);
    return [await addAndRemove(scene), await keysBeside(scene)];
  },
};

/** Has strace hold up the server's fsync, until the stack is disposed of. */
async function slowDown(pid: number, stack: AsyncDisposableStack): Promise<void> {
  if ((await findProgram('strace')) === undefined) {
    const lack = await installPackages(['strace']);
    if (lack !== undefined) throw new Error(lack);
  }
  const calls = 'fsync,fdatasync';
  const child = spawn(
    'strace',
    [
      ...['-f', '-q', '-o', '/dev/null', '-p', String(pid)],
      ...['-e', `trace=${calls}`, '-e', `inject=${calls}:delay_exit=${DELAY_US}`],
    ],
    {stdio: 'ignore'},
  );
  const ended = new Promise((resolve) => child.once('close', resolve));
  stack.defer(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const status = () => readFile(`/proc/${pid}/status`, 'utf8');
  await until(status, (text) => !/^TracerPid:\s+0$/m.test(text));
}

/** Bridges that come and go; each coming and each going is an event, acknowledged by the disk. */
async function addAndRemove(scene: Scene): Promise<Reading> {
  const names = Array.from({length: PAIRS}, (_, index) => `bd${index}`);
  const begunMs = performance.now();
  const added = countEvents(scene);
  await scene.ipBatch(names.map((name) => `link add ${name} group ${GROUP} type bridge`));
  await added;
  const removed = countEvents(scene);
  await scene.stage.ip('link', 'del', 'group', GROUP);
  const ms = (await removed) - begunMs;
  return reading(`fsync + 20 ms: ${PAIRS} bridges come and go`, 'ms', ms, {
    bound: atMost(5000, 'ms'),
  });
}

function countEvents({acknowledged}: Scene): Promise<number> {
  let count = 0;
  return acknowledged.next(`${PAIRS} events`, () => {
    count += 1;
    return count === PAIRS;
  });
}

async function keysBeside(scene: Scene): Promise<Reading> {
  await using stack = new AsyncDisposableStack();
  const {screen} = await startChurn(scene, stack, {name: 'bf', perSecond: CHANGES_A_SECOND});
  const {p95} = spreadOf(await pressKeys(screen, PRESSES, scene.signal));
  return reading('fsync + 20 ms: key -> screen, p95', 'ms', p95, {bound: atMost(35, 'ms')});
}
