import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import type {ProcessRunner} from '#contracts/process-runner.ts';
import {createPortLamps} from '#drivers/lamps/port-lamps.ts';
import {createProcessRunner} from '#drivers/process/process-runner.ts';
import {silentLog} from '#test/support/silent-log.ts';
import {portLampsSuite} from './port-lamps.suite.ts';

/** A sysfs with a keyboard's lamp, a slot's, a card and a disk that is a file. */
function makeMachine(root: string): void {
  const make = (path: string, files: Readonly<Record<string, string>> = {}): void => {
    mkdirSync(join(root, path), {recursive: true});
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(root, path, name), text);
    }
  };
  const link = (from: string, to: string): void => {
    make(join(from, '..'));
    symlinkSync(join(root, to), join(root, from));
  };
  make('devices/input3/input3::capslock', {
    trigger: 'none [kbd-capslock] timer',
    brightness: '0',
    max_brightness: '1',
  });
  link('class/leds/input3::capslock', 'devices/input3/input3::capslock');
  link('class/input/event3/device', 'devices/input3');
  make('devices/0:0:0:0/enclosure_device:slot 1', {locate: '0'});
  link('class/block/sdb/device', 'devices/0:0:0:0');
  make('class/block/sdz', {size: '64'});
  writeFileSync(join(root, 'sdz'), Buffer.alloc(64 * 512));
}

/** An ethtool that knows one card, as the real one does. */
function withEthtool(root: string): ProcessRunner {
  const path = join(root, 'ethtool');
  writeFileSync(path, '#!/bin/sh\n[ "$2" = eth0 ] && exec sleep 1000\nexit 1\n', {mode: 0o755});
  const runner = createProcessRunner();
  return {
    ...runner,
    lines: (file, args, options) => runner.lines(file === 'ethtool' ? path : file, args, options),
  };
}

portLampsSuite('lamps', async () => {
  const root = mkdtempSync(join(tmpdir(), 'cim-lamps-'));
  makeMachine(root);
  const text = (path: string): string => readFileSync(join(root, path), 'utf8');
  const lock = 'devices/input3/input3::capslock';
  return {
    lamps: createPortLamps({runner: withEthtool(root), log: silentLog, sysRoot: root}),
    having: [
      {
        kind: 'led',
        nodes: ['/dev/input/event3'],
        interfaces: [],
        isBlinking: () => text(`${lock}/brightness`) !== '0' || text(`${lock}/trigger`) === 'none',
      },
      {
        kind: 'led',
        nodes: ['/dev/sdb'],
        interfaces: [],
        isBlinking: () => text('devices/0:0:0:0/enclosure_device:slot 1/locate') !== '0',
      },
      {kind: 'ethtool', nodes: [], interfaces: ['eth0']},
      {kind: 'disk', nodes: [join(root, 'sdz')], interfaces: []},
    ],
    dark: '/dev/ttyUSB0',
    stop: async () => rmSync(root, {recursive: true}),
  };
});
