import {type ChildProcess, execFile, spawn} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';

import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {z} from 'zod';

import {findProgram} from '#drivers/process/find-program.ts';
import {readRecording} from '#drivers/recording/read-recording.ts';
import {CIM_TUI, createStage, isRoot, type Stage} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

const EventLine = z.looseObject({
  type: z.string(),
  subject: z.string(),
  data: z.looseObject({portId: z.string().optional(), link: z.string().optional()}),
});

/** Which event, on which port of the test's own, and the link where it says one. */
const storyOf = (events: readonly unknown[]): readonly string[] =>
  events
    .map((event) => EventLine.parse(event))
    .map(({type, subject, data}) => `${type} ${data.portId ?? subject} ${data.link ?? ''}`.trim())
    .filter((line) => line.includes(' network-cim'));

interface Recorder {
  readonly child: ChildProcess;
  said(): string;
  readonly ended: Promise<number | null>;
}

describe.skipIf(!isRoot)('uevent record beside an agent (needs root)', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await createStage();
    await stage.serve();
  });

  afterAll(() => stage.stop());

  const fileOf = (name: string): string => join(stage.home, name);

  async function record(name: string, ...options: readonly string[]): Promise<Recorder> {
    const [file, args] = stage.inside(CIM_TUI, 'uevent', 'record', fileOf(name), ...options);
    const child = spawn(file, [...args], {env: stage.env, stdio: ['ignore', 'ignore', 'pipe']});
    let said = '';
    child.stderr?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await until(
      () => said,
      (text) => text.includes('as they change'),
    );
    return {child, ended, said: () => said};
  }

  async function replayed(path: string): Promise<readonly unknown[]> {
    return stage.json('uevent', 'replay', path);
  }

  const linkOf = async (name: string): Promise<unknown> =>
    (await stage.json('port', 'list')).find((row) => row.name === name)?.link;
  const linkIs = (name: string, link: string | undefined) =>
    until(
      () => linkOf(name),
      (seen) => seen === link,
    );

  async function live(bridge: string): Promise<void> {
    await stage.ip('link', 'add', bridge, 'type', 'bridge');
    await stage.ip('link', 'add', 'cimva', 'type', 'veth', 'peer', 'name', 'cimvb');
    await stage.ip('link', 'set', 'cimva', 'master', bridge);
    for (const name of [bridge, 'cimva', 'cimvb']) {
      await stage.ip('link', 'set', name, 'up');
    }
    await linkIs(bridge, 'up');
    await stage.ip('link', 'set', 'cimvb', 'down');
    await linkIs(bridge, 'down');
    await stage.ip('link', 'set', 'cimvb', 'up');
    await linkIs(bridge, 'up');
    await stage.ip('link', 'del', 'cimva');
    await linkIs(bridge, 'down');
    await stage.ip('link', 'del', bridge);
    await linkIs(bridge, undefined);
  }

  it('plays into what the agent stored: the same events on the same ports', async () => {
    const recorder = await record('whole.uevents');
    await live('cimbr0');
    recorder.child.kill('SIGINT');
    expect(await recorder.ended).toBe(0);
    expect(recorder.said()).toMatch(/recorded \d+ records in [\d.]+ s/);
    expect(existsSync(fileOf('whole.uevents.part'))).toBe(false);
    const stored = storyOf(await stage.json('event', 'list', '--limit', '1000'));
    expect(stored).toEqual([
      'cim.device.added.v1 network-cimbr0',
      ...['up', 'down', 'up', 'down'].map((link) => `cim.port.changed.v1 network-cimbr0 ${link}`),
      'cim.device.removed.v1 network-cimbr0',
    ]);
    expect(storyOf(await replayed(fileOf('whole.uevents')))).toEqual(stored);
  });

  it('masked, plays into the same, and holds no address of the machine', async () => {
    const recorder = await record('masked.uevents', '--mask');
    await stage.ip('link', 'add', 'cimbr1', 'address', '52:54:00:ab:cd:ef', 'type', 'bridge');
    await linkIs('cimbr1', 'down');
    recorder.child.kill('SIGTERM');
    expect(await recorder.ended).toBe(0);
    const text = readFileSync(fileOf('masked.uevents'), 'utf8');
    expect(text).toContain('# masked: yes');
    expect(text).toContain('A: address=52:54:00:');
    expect(text).not.toContain('ab:cd:ef');
    expect(storyOf(await replayed(fileOf('masked.uevents')))).toEqual([
      'cim.device.added.v1 network-cimbr1',
    ]);
  });

  it('killed, leaves a part that plays up to the kill', async () => {
    const recorder = await record('killed.uevents');
    await stage.ip('link', 'add', 'cimbr2', 'type', 'bridge');
    await until(
      () => readFileSync(fileOf('killed.uevents.part'), 'utf8'),
      (text) => text.includes('add      /devices/virtual/net/cimbr2'),
    );
    recorder.child.kill('SIGKILL');
    await recorder.ended;
    const {stdout, stderr, code} = await stage.cli(
      ...['uevent', 'replay', fileOf('killed.uevents.part'), '--json'],
    );
    expect(code).toBe(0);
    expect(stderr).toContain('this recording was cut');
    expect(stdout).toContain('network-cimbr2');
  });

  it('ends by itself after its time, and takes no other file’s place', async () => {
    const ended = await stage.cli('uevent', 'record', fileOf('timed.uevents'), '--for', '0.2');
    expect(ended.code).toBe(0);
    expect(readRecording(readFileSync(fileOf('timed.uevents'), 'utf8')).endMs).toBeGreaterThan(199);
    const again = await stage.cli('uevent', 'record', fileOf('timed.uevents'));
    expect(again).toMatchObject({code: 1});
    expect(again.stderr).toMatch(/this file is there already .*name another/);
    const nowhere = await stage.cli('uevent', 'record', fileOf('no/where'));
    expect(nowhere).toMatchObject({code: 1});
    expect(nowhere.stderr.split('\n')).toHaveLength(2);
  });

  it('goes to stdout as `-`, whole', async () => {
    const {stdout, code} = await stage.cli('uevent', 'record', '-', '--for', '0.2');
    expect(code).toBe(0);
    const {devices, endMs} = readRecording(stdout);
    expect(devices.length).toBeGreaterThan(10);
    expect(endMs).not.toBeNull();
  });

  it('is what umockdev-run loads, once the comments are gone', async ({skip}) => {
    if (findProgram('umockdev-run') === undefined) {
      skip('needs umockdev');
    }
    await stage.cli('uevent', 'record', fileOf('tree.uevents'), '--for', '0.2');
    const lines = readFileSync(fileOf('tree.uevents'), 'utf8').split('\n');
    const plain = fileOf('tree.umockdev');
    writeFileSync(plain, lines.filter((line) => !line.startsWith('#')).join('\n'));
    const look = 'cat "$UMOCKDEV_DIR/sys/devices/virtual/net/lo/uevent"';
    const args = ['--device', plain, '--', 'sh', '-c', look];
    const {stdout} = await promisify(execFile)('umockdev-run', args);
    expect(stdout).toContain('INTERFACE=lo');
  });
});
