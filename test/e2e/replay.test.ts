import {writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {afterEach, beforeEach, expect, test} from 'vitest';

import type {RecordingStep} from '#contracts/recording.ts';
import {printRecording} from '#drivers/recording/print-recording.ts';
import {type ConsolePty, openConsolePty} from '#test/support/console-pty.ts';
import {loadFixture} from '#test/support/hardware.ts';
import {announcedPid, createLeafHome, type LeafHome} from '#test/support/stage.ts';

const PLUG: readonly RecordingStep[] = loadFixture('ftdi-1-3').map((device, index) => {
  const {devpath, subsystem} = device;
  const properties = {ACTION: 'add', DEVPATH: devpath};
  const told = {action: 'add', devpath, subsystem, seqnum: 10 + index, properties} as const;
  return {
    atMs: 30_000,
    notice: {kind: 'uevent', uevent: {...told, source: 'kernel'}},
    changed: [device],
    gone: [],
  };
});

let home: LeafHome;
let screen: ConsolePty | undefined;

beforeEach(async () => {
  home = await createLeafHome();
});
afterEach(async () => {
  await screen?.end();
  await home.stop();
});

test('a recording on the console is marked, lives on, and leaves nothing behind', async () => {
  const path = join(home.home, 'plug.uevents');
  const header = {kernel: null, machine: null, startedAt: null, isMasked: false, hasUdev: false};
  const text = printRecording({
    header,
    devices: loadFixture('edge-box'),
    links: [],
    steps: PLUG,
    endMs: 60_000,
  });
  writeFileSync(path, text);
  screen = await openConsolePty({
    leaf: home,
    args: ['uevent', 'replay', path, '--speed', '10'],
  });
  await screen.shows(/ replay .* REPLAY +LIMITED/);
  await screen.shows(/FT232R/);
  screen.press('q');
  expect(await screen.exited).toMatchObject({code: 0});
  expect(await announcedPid(home.home)).toBeUndefined();
});
