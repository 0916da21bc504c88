import {execFile} from 'node:child_process';
import {chmod, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest';

import {findProgram} from '#drivers/process/find-program.ts';
import {lackForBridges} from '#test/support/bridges.ts';
import {childNamed} from '#test/support/child-named.ts';
import {type ConsolePty, openConsolePty} from '#test/support/console-pty.ts';
import {createStage, type ServingAgent, type Stage} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

const run = promisify(execFile);
const lack =
  lackForBridges() ?? (findProgram('setpriv') === undefined ? 'needs setpriv' : undefined);

/** Records of the flood; an ordinary user's buffer holds some thousands. */
const RECORDS = 30_000;
/** Made, and taken away, while nothing can be heard. */
const MADE = 150;
const KEPT = 50;
/** MODEL.md, Loss: over so long after the flood's end. */
const OVER_MS = 10_000;
/** What the whole flood may add to the memory that the agent has ever held. */
const GROWTH_BYTES = 128 * 2 ** 20;

let folder: string;
let stage: Stage;
let agent: ServingAgent;
let screen: ConsolePty;

beforeAll(async () => {
  if (lack !== undefined) return;
  folder = await mkdtemp(join(tmpdir(), 'cim-flood-'));
  // The monitor alone is an ordinary user's: as root it asks for a buffer that nothing fills.
  const udevadm = join(folder, 'udevadm');
  const real = findProgram('udevadm');
  await writeFile(
    udevadm,
    `#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups ${real} "$@"\n`,
  );
  await chmod(folder, 0o755);
  await chmod(udevadm, 0o755);
  stage = await createStage();
  stage.env.PATH = `${folder}:${process.env.PATH}`;
  agent = await stage.serve();
  screen = await openConsolePty({leaf: stage});
  screen.press('2');
  await screen.shows(/PORT .*CLASS/);
});

afterAll(async () => {
  await screen?.end();
  await stage?.stop();
  if (folder !== undefined) await rm(folder, {recursive: true});
});

beforeEach(({skip}) => {
  if (lack !== undefined) skip(lack);
});

const names = (kind: string, count: number): readonly string[] =>
  Array.from({length: count}, (_, index) => `cim${kind}${index}`);

async function batch(lines: readonly string[]): Promise<void> {
  const path = join(folder, 'batch');
  await writeFile(path, `${lines.join('\n')}\n`);
  await stage.ip('-batch', path);
}

/** Bridges that the leaf tells of, in order of name. */
const bridgesOfLeaf = async (): Promise<readonly string[]> =>
  (await stage.json('port', 'list', '--all'))
    .flatMap(({name}) => (typeof name === 'string' && name.startsWith('cim') ? name : []))
    .toSorted();

/** Bridges that there are. */
async function bridgesOfKernel(): Promise<readonly string[]> {
  const [file, args] = stage.inside('ip', '-o', 'link', 'show', 'type', 'bridge');
  const {stdout} = await run(file, [...args]);
  return [...stdout.matchAll(/^\d+: ([^:@]+)/gm)].map(([, name = '']) => name).toSorted();
}

/** Writes so many records about one interface, as quickly as a shell can. */
async function flood(name: string, count: number): Promise<void> {
  const script = `i=0; while [ $i -lt ${count} ]; do echo change > /sys/class/net/${name}/uevent; i=$((i+1)); done`;
  const [file, args] = stage.inside('sh', '-c', script);
  await run(file, [...args]);
}

/** The most memory that a process has held, in bytes. */
async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

test('a flood that was not heard ends in what is there, with every difference named', async () => {
  await batch(names('old', KEPT).map((name) => `link add ${name} type bridge`));
  await until(bridgesOfLeaf, ({length}) => length === KEPT);
  const devices = await stage.json('device', 'list');
  const [status] = await stage.json('status');
  const pid = agent.child.pid ?? 0;
  const before = await peakOf(pid);

  const monitor = await childNamed(pid, 'udevadm');
  process.kill(monitor, 'SIGSTOP');
  await flood('cimold0', RECORDS);
  await batch([
    ...names('new', MADE).map((name) => `link add ${name} type bridge`),
    ...names('old', KEPT).map((name) => `link del ${name}`),
  ]);
  const expected = await bridgesOfKernel();
  expect(expected).toEqual(names('new', MADE).toSorted());
  process.kill(monitor, 'SIGCONT');

  const endMs = performance.now();
  screen.press('1');
  await screen.shows('LAST CHANGES', OVER_MS);
  const resynced = async () =>
    (await stage.json('event', 'list', '--from', `${Number(status?.sequence) + 1}`)).filter(
      ({type}) => type === 'cim.leaf.resynced.v1',
    );
  const left = () => OVER_MS - (performance.now() - endMs);
  await until(resynced, (events) => events.length > 0, left());
  await until(bridgesOfLeaf, (found) => found.join() === expected.join(), left());
  screen.press('2');
  await screen.shows(/cimnew\d+ /, left());

  const events = await resynced();
  const told = events.map(({data}) => data as {drops: number; changes: readonly string[]});
  expect(told.reduce((sum, {drops}) => sum + drops, 0)).toBeGreaterThan(0);
  const named = new Set(told.flatMap(({changes}) => changes));
  const missed = await stage.json('event', 'list', '--from', `${Number(status?.sequence) + 1}`);
  const differ = missed.flatMap(({type, data, subject}) =>
    `${type}`.startsWith('cim.device.') && (data as {origin?: string}).origin !== 'plug'
      ? [`${subject}`]
      : [],
  );
  expect([...named].toSorted()).toEqual(expect.arrayContaining(differ));
  const gone = devices.filter(({portId}) => `${portId}`.includes('cimold')).map(({id}) => `${id}`);
  expect(gone).toHaveLength(KEPT);
  expect([...named].toSorted()).toEqual(expect.arrayContaining(gone));
  expect((await peakOf(pid)) - before).toBeLessThan(GROWTH_BYTES);
}, 120_000);
